import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { recommendation, spaced } from '../../__testUtils__';
import { BacktestPanel } from './BacktestPanel';

const show = (backtest = recommendation.backtest) =>
  render(<BacktestPanel backtest={backtest} recommendation={recommendation} />);

const windows = () =>
  screen
    .getAllByRole('button', { name: /achieved/ })
    .map(button => spaced(button.getAttribute('aria-label')));

it('shows past windows kept and broken, and tells of the broken one', () => {
  show();
  expect(windows()).toEqual([
    '3 Oct to 31 Oct: kept, achieved 99.94 %',
    '10 Oct to 7 Nov: broken, achieved 99.87 %',
    '17 Oct to 14 Nov: kept, achieved 99.88 %',
    '24 Oct to 21 Nov: kept, achieved 99.94 %',
  ]);
  expect(screen.getByRole('status')).toHaveTextContent(
    'What would have been recommended held in 3 of 4 past windows, judged only by what was known before each; by their probabilities 3.7 were to be expected.',
  );
  expect(
    screen.getByText('10 Oct to 7 Nov: broken').parentElement,
  ).toHaveTextContent(
    'Recommended then 99.9 %, kept with 93 % probability; achieved 99.87 % of 21M requests.',
  );
});

it('has no words that only statisticians know', () => {
  const { container } = show();
  expect(container).not.toHaveTextContent(/brier|pinball/i);
});

it('holds them against the objective recommended now', async () => {
  show();
  await userEvent.click(screen.getByRole('radio', { name: 'now' }));
  expect(screen.getByRole('status')).toHaveTextContent(
    '99.9 %, recommended now, would have been kept in 2 of 4 past windows.',
  );
  expect(windows()[2]).toMatch(/broken/);
});

it('goes from window to window with the arrow keys, one stop of the tab key', async () => {
  show();
  const told = screen.getByRole('button', { current: true });
  told.focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(screen.getByText('17 Oct to 14 Nov: kept')).toBeInTheDocument();
  await userEvent.keyboard('{Home}');
  expect(screen.getByText('3 Oct to 31 Oct: kept')).toBeInTheDocument();
  await userEvent.keyboard('{ArrowLeft}');
  expect(screen.getAllByRole('button', { name: /achieved/ })[0]).toHaveFocus();
});

it('tells of the window under the pointer', async () => {
  show();
  await userEvent.hover(screen.getByRole('button', { name: /^24 Oct/ }));
  expect(screen.getByText('24 Oct to 21 Nov: kept')).toBeInTheDocument();
});

it.each([
  null,
  { windows: [], judged: 0, kept: 0, brierScore: null, pinballLoss: null },
])('says what is missing where no window can be judged', backtest => {
  show(backtest);
  expect(
    screen.getByText(/^No past window can be judged yet/),
  ).toBeInTheDocument();
});

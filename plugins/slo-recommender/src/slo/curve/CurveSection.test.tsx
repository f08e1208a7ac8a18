import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { recommendation } from '../../__testUtils__';
import { unbroken } from '../../words';
import { CurveSection } from './CurveSection';

const text = (element: Element | null) =>
  element?.textContent?.replace(/\s+/g, ' ') ?? '';
const row = (name: string) => text(screen.getByText(name).closest('div'));

async function show() {
  render(<CurveSection recommendation={recommendation} window="P28D" />);
  return screen.findByRole('slider', { name: 'Objective to look at' });
}

it('stands at the recommended objective first', async () => {
  expect(await show()).toHaveAttribute(
    'aria-valuetext',
    unbroken('99.9 % kept with 92 % probability'),
  );
  expect(row('Probability kept, next 28 days')).toContain('92 %88 % to 95 %');
  expect(row('Budget of full outage')).toContain('40 min');
  expect(row('Budget of failed requests')).toContain('21,400');
  expect(row('Budget likely spent (median)')).toContain('58 % of it');
  expect(row('Windows expected to break it in a year')).toContain('1 of 13');
  expect(row('Kept over the last 28 days')).toContain('yes');
});

it('says unknown, not none, of a window whose length cannot be read', async () => {
  render(<CurveSection recommendation={recommendation} window="P1M" />);
  await screen.findByRole('slider', { name: 'Objective to look at' });
  expect(row('Budget of full outage')).toMatch(/unknown$/);
  expect(row('Windows expected to break it in a year')).toMatch(/unknown$/);
});

it('lets a person pick any objective and see what it would mean', async () => {
  const slider = await show();
  fireEvent.change(slider, { target: { value: '6' } });
  expect(slider).toHaveAttribute(
    'aria-valuetext',
    unbroken('99.99 % kept with 2 % probability'),
  );
  expect(
    screen.getByRole('heading', { name: unbroken('At 99.99 %') }),
  ).toBeInTheDocument();
  expect(row('Budget of full outage')).toContain('4 min');
  expect(row('Budget of failed requests')).toContain('2,140');
  expect(row('Budget likely spent (median)')).toContain('5.8 × as much');
  expect(row('Kept over the last 28 days')).toContain('no');
  expect(row('Enough requests seen to offer it')).toContain('no');
});

it('goes to objectives between the rungs, and from rung to rung past them', async () => {
  const slider = await show();
  fireEvent.change(slider, { target: { value: '4' } });
  expect(
    screen.getByText(
      'Between the rungs 99.9 % and 99.95 %: computed, but not among what is recommended.',
    ),
  ).toBeInTheDocument();
  fireEvent.keyDown(slider, { key: 'PageDown' });
  expect(slider).toHaveValue('3');
  fireEvent.keyDown(slider, { key: 'PageUp' });
  expect(slider).toHaveValue('5');
});

describe('the field', () => {
  const type = async (objective: string) => {
    await show();
    const field = screen.getByRole('textbox', {
      name: 'Objective in per cent',
    });
    await userEvent.clear(field);
    await userEvent.type(field, objective);
    return field;
  };

  it.each(['99.7', '99,7', '99.7 %'])(
    'reads %s off the curve and says so',
    async objective => {
      await type(objective);
      expect(
        screen.getByRole('heading', { name: unbroken('At 99.7 %') }),
      ).toBeInTheDocument();
      expect(
        screen.getByText(
          'Between the rungs 99.5 % and 99.8 %: read off the curve between two computed objectives.',
        ),
      ).toBeInTheDocument();
    },
  );

  it('shows every digit that was typed, as the figures are of them', async () => {
    const field = await type('99.7654');
    expect(
      screen.getByRole('heading', { name: /^At 99\.7654\s%$/ }),
    ).toBeInTheDocument();
    fireEvent.blur(field);
    expect(field).toHaveValue('99.7654');
  });

  it.each([
    ['80', 'The curve does not reach there: type a number from 99 to 99.99.'],
    ['100', 'The curve does not reach there: type a number from 99 to 99.99.'],
    ['all', 'This is no percentage: type a number from 99 to 99.99.'],
  ])(
    'does not go to %s, says why, and returns to where it was',
    async (objective, reason) => {
      const field = await type(objective);
      expect(field).toBeInvalid();
      expect(field).toHaveAccessibleDescription(
        expect.stringContaining(reason),
      );
      fireEvent.blur(field);
      expect(field).toBeValid();
      expect(
        screen.getByRole('heading', { level: 2, name: /^At / }),
      ).toBeInTheDocument();
    },
  );
});

it('names the marked objectives, those with the same objective together', async () => {
  await show();
  const marks = within(
    screen.getByRole('list', { name: 'Marked objectives' }),
  ).getAllByRole('listitem');
  expect(marks.map(mark => text(mark))).toEqual([
    '99.5 % conservative',
    '99.9 % balanced, aggressive',
    '99.95 % promised today',
  ]);
});

it('is nothing without a curve', () => {
  const { container } = render(
    <CurveSection
      recommendation={{ ...recommendation, curve: [] }}
      window="P28D"
    />,
  );
  expect(container).toBeEmptyDOMElement();
});

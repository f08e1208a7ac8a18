import { render, screen } from '@testing-library/react';
import { XAxis } from 'recharts';
import { mockCanvas } from '../__testUtils__';
import { Curve, Plot, RatioAxis } from '.';

const guide = { name: 'achieved', color: 'red', dash: '2 4' };

it('draws its axis, its lines and its legend', async () => {
  mockCanvas();
  const { container } = render(
    <Plot
      height={200}
      legend={[guide]}
      label="Achieved by day"
      data={[
        { day: '1', achieved: 2 },
        { day: '2', achieved: 3 },
      ]}
      margin={{ top: 8, right: 8 }}
    >
      <XAxis dataKey="day" />
      <RatioAxis ratios={[0.99, 0.999]} />
      <Curve entry={guide} dataKey="achieved" />
    </Plot>,
  );
  expect(screen.getByText('achieved')).toBeInTheDocument();
  expect(await screen.findAllByText('99.9 %')).not.toHaveLength(0);
  expect(screen.getByLabelText('Achieved by day')).toBeInTheDocument();
  const line = container.querySelector('.recharts-line-curve');
  expect(line).toHaveAttribute('stroke', 'red');
  expect(line).toHaveAttribute('stroke-dasharray', '2 4');
});

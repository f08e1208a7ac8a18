import { screen, within } from '@testing-library/react';
import {
  backendWith,
  recommendation,
  recommendationsWith,
  renderOnEntity,
  summary,
} from '../../__testUtils__';
import { SloTab } from '../SloTab';

const { dataQuality } = recommendation;

const findings = [
  {
    code: 'bucket-floor',
    severity: 'info' as const,
    message: 'The smallest bucket is 100 ms.',
    fix: null,
    snippet: null,
    gain: null,
  },
  {
    code: 'sampling',
    severity: 'error' as const,
    message: 'Traces are sampled with a preference for errors.',
    fix: 'Make metrics before sampling.',
    snippet: { title: 'Collector', language: 'yaml', text: 'connectors: {}' },
    gain: 'Failure ratios that can be believed.',
  },
];

it.each(['ok', 'invalid'] as const)(
  'names what was found in the telemetry of a history that is %s, the gravest first, with the fix',
  async verdict => {
    await renderOnEntity(
      <SloTab />,
      backendWith({
        getRecommendations: async () =>
          recommendationsWith({
            verdict,
            dataQuality: { ...dataQuality, findings },
          }),
      }),
    );
    const items = within(
      await screen.findByRole('list', { name: 'Found in the telemetry' }),
    ).getAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(
        /^cannot be believed.*Fix: Make metrics before sampling\..*What it gains: Failure ratios/,
      ),
      expect.stringMatching(/^good to know.*100 ms/),
    ]);
    expect(screen.getByLabelText('Collector')).toHaveTextContent(
      'connectors: {}',
    );
    expect(
      screen.getByText('What counts as failed: Server spans with status ERROR'),
    ).toBeInTheDocument();
  },
);

it('names references that lead to nothing', async () => {
  await renderOnEntity(
    <SloTab />,
    backendWith({
      getService: async () => ({
        ...summary,
        danglingReferences: [
          { targetRef: 'component:default/tax', relation: 'dependsOn' },
        ],
      }),
    }),
  );
  expect(
    await screen.findByText('1 reference leads to nothing in the catalog'),
  ).toBeInTheDocument();
  expect(
    screen.getByText('dependsOn component:default/tax'),
  ).toBeInTheDocument();
});

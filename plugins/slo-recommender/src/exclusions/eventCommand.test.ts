import { eventCommand } from './eventCommand';

it('sends a deploy to the events of the service', () => {
  expect(
    eventCommand(
      'https://portal.example.com/api/slo-recommender',
      'component:default/checkout',
    ),
  ).toContain(
    "'https://portal.example.com/api/slo-recommender/v1/services/component/default/checkout/events'",
  );
});

import { foresee } from './foresee';
import { FLEET_MODELS } from './models';
import { simulateFleet, trialsAt } from './origins';

const [standard] = FLEET_MODELS;
const trials = trialsAt(0, simulateFleet(standard, 150, 1), 2);

const medianOf = (shares: Float64Array) =>
  shares[Math.floor(shares.length / 2)];

it('foresees as often more as less than what comes', () => {
  const exceeded = trials.filter(
    trial =>
      trial.outcome.bad / trial.outcome.total >
      medianOf(foresee(standard, trial)),
  );
  expect(exceeded.length / trials.length).toBeCloseTo(0.5, 1);
});

it('foresees more failures the more incidents were seen', () => {
  const [trial] = trials;
  const [few, many] = [0, 8].map(incidentsSeen =>
    medianOf(foresee(standard, { ...trial, incidentsSeen })),
  );
  expect(many).toBeGreaterThan(few);
});

it('knows of a change that was before, and of none to come', () => {
  const [trial] = trials;
  const withStep = (day: number) =>
    medianOf(
      foresee(standard, {
        ...trial,
        incidentsSeen: 0,
        service: { ...trial.service, step: { day, factor: 10 } },
      }),
    );
  expect(withStep(30)).toBeGreaterThan(5 * withStep(100));
});

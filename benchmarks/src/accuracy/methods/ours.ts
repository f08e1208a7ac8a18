import {
  calibratedQuantile,
  learnFromFleet,
  quantileOf,
  recommendSli,
  type SliStudy,
  studySli,
} from 'backstage-plugin-slo-recommender-engine';
import { studyHistory } from 'backstage-plugin-slo-recommender-backend/src/testing';
import { type Method, perService, type ServicePast } from './Method';

/** Name of the method that is measured. */
export const OURS = 'ours';

/** Name of what could be said by one who knows how the fleet is simulated. */
export const FORESIGHT = 'knowing the simulation';

/** Names of the methods that show what calibration does, and what it could do at best. */
export const CALIBRATION_COMPARED: readonly string[] = [
  OURS,
  `${OURS}, uncalibrated`,
  FORESIGHT,
];

/** What an analysis is told of a service to which nothing happened. */
export const NOTHING_ELSE = {
  exclusions: [],
  exclusionCap: 0.1,
  events: [],
  notices: [],
  defects: [],
  replayed: true,
};

/** As an analysis of the product studies it: on the present regime, where one began within the history. */
export function studyAsAnalysed({
  series,
  asOfMs,
  windowMs,
}: ServicePast): SliStudy {
  const question = { asOfMs, windowMs, ...NOTHING_ELSE };
  return studyHistory(series, question).study;
}

/** Studies every service, learns from the fleet's past windows, then predicts. */
function calibratedOn(
  name: string,
  study: (past: ServicePast) => SliStudy,
): Method {
  return {
    name,
    forecast(fleet) {
      if (fleet.length === 0) return [];
      const studies = fleet.map(study);
      const evidence = learnFromFleet(studies, fleet[0].asOfMs);
      return studies.map(studied => {
        const { confidence } = recommendSli(studied, { fleet: evidence });
        return confidence === null
          ? null
          : {
              quantile: probability =>
                calibratedQuantile(studied, evidence, probability) ?? 1,
              confidence,
            };
      });
    },
  };
}

export const ours = calibratedOn(OURS, studyAsAnalysed);

export const oursOnWholeHistory = calibratedOn(
  `${OURS}, change points ignored`,
  past => studySli(past),
);

export const oursUncalibrated = perService(`${OURS}, uncalibrated`, past => {
  const { distribution } = studyAsAnalysed(past);
  return (
    distribution && {
      quantile: probability => quantileOf(distribution, probability),
    }
  );
});

import type { AliasCandidate } from 'backstage-plugin-slo-recommender-common';

/**
 * What may speak for two names being one service, in points. Names alone decide if a platform made both of one;
 * what could be chance needs the calls to agree.
 */
export const EVIDENCE_POINTS = {
  /** Equal but for case, port and the like. */
  'same-name': 8,
  /** Equal but for what a platform appended, a type such as `AWS::ECS::Fargate` among it. */
  'same-stem': 6,
  /** Equal but for `_remote` of a caller's view. */
  'remote-side': 4,
  /** Equal but for `_client` or `_server`, which people also call services of their own. */
  'other-side': 2,
  /** The first label of a host name of one's own domain is the name. */
  'host-label': 4,
  /** A part of that label abbreviates this name and no other. */
  abbreviation: 4,
  /** One calls nothing but the other, about as often as it is called. */
  chain: 3,
  /** All that call the one call the other. */
  'same-callers': 2,
  /** Hourly requests go together. */
  'same-traffic': 3,
} as const;

export type EvidenceCode = keyof typeof EVIDENCE_POINTS;

/** Points from which two names are offered as one service. */
export const OFFER_FROM = 6;

export interface Evidence {
  code: EvidenceCode;
  message: string;
}

/** Whether the evidence is enough to ask a person. */
export function isEnough(evidence: Evidence[]): boolean {
  const codes = new Set(evidence.map(({ code }) => code));
  let points = 0;
  codes.forEach(code => {
    points += EVIDENCE_POINTS[code];
  });
  return points >= OFFER_FROM;
}

/** Each message once, the strongest kind first. */
export function inOrderOfStrength(
  evidence: Evidence[],
): AliasCandidate['evidence'] {
  const byMessage = new Map(evidence.map(one => [one.message, one]));
  return [...byMessage.values()].sort(
    (a, b) =>
      EVIDENCE_POINTS[b.code] - EVIDENCE_POINTS[a.code] ||
      (a.message < b.message ? -1 : 1),
  );
}

import type { PrometheusFailure } from './PrometheusRequestError';

/** What to do about a failure. */
export interface Reaction {
  /** How often the same question is asked in all. */
  attempts: number;
  /** How often the question may be halved after that. */
  halvings: number;
  /** Whether fewer questions are asked at a time from now on. */
  slowsDown: boolean;
  /** How much the failure counts toward leaving the server alone; 0 where it shows that the server works. */
  strikes: number;
}

/** A server without time gets worse with every question; one with a limit says so at once. */
export const REACTIONS: Record<PrometheusFailure, Reaction> = {
  'too-much': { attempts: 1, halvings: 6, slowsDown: true, strikes: 0 },
  busy: { attempts: 5, halvings: 1, slowsDown: true, strikes: 1 },
  throttled: { attempts: 5, halvings: 0, slowsDown: true, strikes: 0 },
  'timed-out': { attempts: 2, halvings: 1, slowsDown: true, strikes: 3 },
  interrupted: { attempts: 5, halvings: 1, slowsDown: false, strikes: 1 },
  unsupported: { attempts: 1, halvings: 0, slowsDown: false, strikes: 0 },
  paused: { attempts: 1, halvings: 0, slowsDown: false, strikes: 0 },
  failed: { attempts: 1, halvings: 0, slowsDown: false, strikes: 1 },
};

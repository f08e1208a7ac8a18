import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Operation,
  SERVICE_PATH,
} from 'backstage-plugin-slo-recommender-common';
import type { z } from 'zod';
import type { CatalogEntity } from '../CatalogEntity';
import type { ReadyAnswer } from './answers';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a handler works with: parsed input of a caller who may ask for it. */
export type RouteInput<O extends Operation> =
  O extends Operation<infer Path, infer Query, infer Body>
    ? {
        query: Parsed<Query>;
        body: Parsed<Body>;
        credentials: BackstageCredentials;
        /** Entity reference of a person, or subject of a service. */
        caller: string;
      } & (Path extends `${typeof SERVICE_PATH}${string}`
        ? { service: CatalogEntity }
        : unknown) &
        (Path extends `${string}/:id${string}` ? { id: string } : unknown)
    : never;

/** An operation with what carries it out. */
export interface Route {
  operation: Operation;
  handle(input: RouteInput<Operation>): Promise<unknown>;
}

/**
 * Ties an operation to its handler, which neither parses nor authorises: by then the caller has the operation's
 * permission and may read the service in the path.
 */
export const defineRoute = <O extends Operation>(
  operation: O,
  handle: (
    input: RouteInput<O>,
  ) => Promise<z.input<O['response']> | ReadyAnswer>,
): Route => ({ operation, handle });

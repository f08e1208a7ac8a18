import { isError } from '@backstage/errors';

/** Codes of Node.js and of PostgreSQL for a connection that broke or could not be made. */
const LOST_CODES =
  /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|57P0[123]|08[0-9A-Z]{3})$/;

/** Words of the driver, which has no code for it. */
const LOST_WORDS =
  /connection terminated|connection error|connection ended|timeout acquiring a connection/i;

/** Whether the database could not be reached, so that the same work may succeed on another connection. */
export function isConnectionLoss(error: unknown): boolean {
  if (!isError(error)) return false;
  return (
    (typeof error.code === 'string' && LOST_CODES.test(error.code)) ||
    LOST_WORDS.test(error.message)
  );
}

/** A failure of our own database in the midst of work for a datasource, which must not be blamed for it. */
export class DatabaseFailure extends Error {
  constructor(readonly cause: unknown) {
    super('The database failed');
  }
}

/** Does work on our own database. @throws DatabaseFailure with the cause. */
export async function onDatabase<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new DatabaseFailure(error);
  }
}

/** Errors of SQLite, whose driver has a class that it does not export. */
const isSqliteError = (error: Error & { code?: unknown }) =>
  typeof error.code === 'string' && error.code.startsWith('SQLITE_');

/** An error that quotes SQL. By this name of its class Backstage logs it, and hides it from callers. */
class DatabaseError extends Error {
  constructor({ message, stack }: Error) {
    super(message);
    this.stack = stack;
  }
}

/** Returns the error in a form that Backstage does not show to callers if it is one of the database; else as it is. */
export function hideSql(error: unknown): unknown {
  return isError(error) && (isSqliteError(error) || isConnectionLoss(error))
    ? new DatabaseError(error)
    : error;
}

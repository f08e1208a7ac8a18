import { test } from '@playwright/test';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Skips the tests of a file, with a notice, where the machine lacks a program or a file that they need. With
 * `CI_REQUIRE_SYSTEM_PACKAGES=true` they fail instead.
 */
export function requires(needs: { programs?: string[]; files?: string[] }) {
  const missing = [
    ...(needs.programs ?? []).filter(program =>
      program.includes('/') ? !existsSync(program) : !isOnPath(program),
    ),
    ...(needs.files ?? []).filter(file => !existsSync(file)),
  ];
  if (missing.length === 0) return;
  const notice = `${missing.join(', ')} not found on this machine`;
  if (process.env.CI_REQUIRE_SYSTEM_PACKAGES === 'true') {
    throw new Error(`${notice}, and nothing may be missing here`);
  }
  test.skip(true, notice);
}

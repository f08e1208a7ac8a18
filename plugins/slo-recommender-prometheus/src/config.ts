import { X509Certificate } from 'node:crypto';
import {
  ConfigReader,
  readDurationFromConfig,
  type Config,
} from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';

/** What a server may be asked. */
export interface RequestBudget {
  /** Most requests at a time. */
  maxConcurrency: number;
  /** Most requests in any minute. */
  maxQueriesPerMinute: number;
}

/** Where a Prometheus-compatible server is and how to talk to it. */
export interface PrometheusConfig {
  id: string;
  /** Without a trailing slash; `/api/v1/…` follows it. */
  baseUrl: string;
  /** Sent with every request. The values are secrets: they appear in no message. */
  headers: ReadonlyMap<string, string>;
  /** Part of the URL of every request, in order. The values are secrets. */
  parameters: readonly (readonly [name: string, value: string])[];
  /** Certificates, as PEM, that the server's may be signed with besides the usual ones. */
  ca: string | undefined;
  timeoutMs: number;
  /** What the server may be asked. */
  budget: RequestBudget;
}

const KNOWN_KEYS = new Set([
  'id',
  'type',
  'url',
  'headers',
  'tenant',
  'params',
  'ca',
  'timeout',
  'maxConcurrency',
  'maxQueriesPerMinute',
  'dialect',
  'templates',
  'matchers',
]);
const TENANT_HEADER = 'x-scope-orgid';
const OWN_HEADERS = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
]);
/** What requests ask by. */
const OWN_PARAMETERS = new Set([
  'end',
  'limit',
  'match[]',
  'query',
  'start',
  'step',
  'time',
  'timeout',
]);
const CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_CONCURRENCY = 4;
const MAX_QUERIES_PER_MINUTE = 100_000;
/** Longest delay that a timer takes: 2^31 − 1 ms, about 24 days. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/**
 * Reads an entry of `sloRecommender.datasources` of type `prometheus`.
 *
 * @throws InputError that names the key and the remedy; it quotes neither header values nor the URL.
 */
export function readPrometheusConfig(
  id: string,
  config: Config,
): PrometheusConfig {
  const entry = `sloRecommender.datasources[${id}]`;
  const unknown = config.keys().find(key => !KNOWN_KEYS.has(key));
  if (unknown !== undefined) {
    throw new InputError(
      `${entry}.${unknown} is not a known key; use ${[...KNOWN_KEYS].join(', ')}`,
    );
  }
  return {
    id,
    baseUrl: readBaseUrl(config.getOptional('url'), `${entry}.url`),
    headers: readHeaders(config, entry),
    parameters: readParameters(config, `${entry}.params`),
    ca: readCertificates(config, `${entry}.ca`),
    timeoutMs: readTimeout(config, `${entry}.timeout`),
    budget: {
      maxConcurrency: readCount(config, entry, 'maxConcurrency', {
        max: MAX_CONCURRENCY,
        fallback: MAX_CONCURRENCY,
      }),
      maxQueriesPerMinute: readCount(config, entry, 'maxQueriesPerMinute', {
        max: MAX_QUERIES_PER_MINUTE,
        fallback: Infinity,
      }),
    },
  };
}

function readBaseUrl(value: unknown, key: string): string {
  const example =
    "for example 'http://prometheus:9090' or 'https://mimir.example.com/prometheus'";
  if (value === undefined || value === '') {
    throw new InputError(
      `${key} is missing; give the URL of the server, ${example}`,
    );
  }
  if (typeof value !== 'string' || !URL.canParse(value)) {
    throw new InputError(
      `${key} is not a URL; give one with scheme and host, ${example}`,
    );
  }
  const url = new URL(value);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new InputError(
      `${key} must begin with http:// or https://, ${example}`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `${key} must not contain credentials; put them under headers, for example 'Authorization: Basic …'`,
    );
  }
  if (url.search || url.hash) {
    throw new InputError(
      `${key} must end with the path before /api/v1; remove the part from '${
        url.search ? '?' : '#'
      }' on${url.search && ', and put its parameters under params'}`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function readHeaders(config: Config, entry: string): Map<string, string> {
  const parsed = z
    .record(z.string(), z.string())
    .safeParse(config.getOptional('headers') ?? {});
  if (!parsed.success) {
    throw new InputError(
      `${entry}.headers must be a map of header names to text; put values that look like numbers in quotes`,
    );
  }
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(parsed.data)) {
    const key = `${entry}.headers.${name}`;
    const normalName = name.toLowerCase();
    if (!isHeader(name, 'x')) {
      throw new InputError(
        `${key} is not a valid header name; use letters, digits and hyphens`,
      );
    }
    if (OWN_HEADERS.has(normalName)) {
      throw new InputError(`${key} is set by the connection itself; remove it`);
    }
    if (headers.has(normalName)) {
      throw new InputError(
        `${key} is given twice in different case; remove one`,
      );
    }
    requireHeaderValue(value, key);
    headers.set(normalName, value);
  }
  const tenant = config.getOptional('tenant');
  if (tenant !== undefined) {
    const key = `${entry}.tenant`;
    if (typeof tenant !== 'string') {
      throw new InputError(`${key} must be text; put it in quotes`);
    }
    if (headers.has(TENANT_HEADER)) {
      throw new InputError(
        `${key} and ${entry}.headers.X-Scope-OrgID say the same; remove one`,
      );
    }
    requireHeaderValue(tenant, key);
    headers.set(TENANT_HEADER, tenant);
  }
  return headers;
}

function requireHeaderValue(value: string, key: string): void {
  if (value.trim() === '') {
    throw new InputError(`${key} is empty; give its value or remove it`);
  }
  if (!isHeader('x', value)) {
    throw new InputError(
      `${key} has characters that a header cannot carry, such as line breaks; remove them`,
    );
  }
}

function isHeader(name: string, value: string): boolean {
  try {
    return new Headers([[name, value]]).has(name);
  } catch {
    return false;
  }
}

function readParameters(config: Config, key: string): [string, string][] {
  const parsed = z
    .record(z.string().min(1), z.union([z.string(), z.array(z.string())]))
    .safeParse(config.getOptional('params') ?? {});
  if (!parsed.success) {
    throw new InputError(
      `${key} must be a map of names to text, or to lists of text; put values that look like numbers in quotes`,
    );
  }
  return Object.entries(parsed.data).flatMap(([name, values]) => {
    if (OWN_PARAMETERS.has(name)) {
      throw new InputError(`${key}.${name} is set for each request; remove it`);
    }
    return [values].flat().map((value): [string, string] => [name, value]);
  });
}

function readCertificates(config: Config, key: string): string | undefined {
  const ca = config.getOptional('ca');
  if (ca === undefined) return undefined;
  const certificates =
    typeof ca === 'string' ? (ca.match(CERTIFICATE) ?? []) : [];
  try {
    certificates.forEach(certificate => new X509Certificate(certificate));
    if (certificates.length > 0) return certificates.join('\n');
  } catch {
    // said below
  }
  throw new InputError(
    `${key} has no certificates that can be read; give them as PEM, for example with $file: ca.pem`,
  );
}

function readTimeout(config: Config, key: string): number {
  if (!config.has('timeout')) {
    return DEFAULT_TIMEOUT_MS;
  }
  const remedy = "give a duration such as '30s', 'PT30S' or { seconds: 30 }";
  let milliseconds: number;
  try {
    milliseconds = durationToMilliseconds(
      // layered files may write it in different forms: only the one on top counts
      readDurationFromConfig(
        new ConfigReader({ timeout: config.getOptional('timeout') }),
        { key: 'timeout' },
      ),
    );
  } catch {
    throw new InputError(`${key} is not a duration; ${remedy}`);
  }
  if (!(milliseconds >= 1 && milliseconds <= MAX_TIMEOUT_MS)) {
    throw new InputError(
      `${key} must be longer than 0 and at most 24 days; ${remedy}`,
    );
  }
  return Math.ceil(milliseconds);
}

function readCount(
  config: Config,
  entry: string,
  key: string,
  { max, fallback }: { max: number; fallback: number },
): number {
  const value = config.getOptional(key);
  if (value === undefined) {
    return fallback;
  }
  const count = typeof value === 'string' ? Number(value) : value;
  if (
    typeof count !== 'number' ||
    !Number.isInteger(count) ||
    count < 1 ||
    count > max
  ) {
    throw new InputError(
      `${entry}.${key} must be a whole number from 1 to ${max}`,
    );
  }
  return count;
}

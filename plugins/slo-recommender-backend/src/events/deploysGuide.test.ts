import { execFile } from 'child_process';
import { readFile } from 'fs/promises';
import { resolve } from 'path';
import { promisify } from 'util';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { parse } from 'yaml';
import { z } from 'zod';
import { aService } from '../__testUtils__/entities';
import { describeOnDatabases } from '../__testUtils__/shop';
import { EntityStore } from '../catalog';

jest.setTimeout(120_000);

const REF = 'component:default/checkout';

const run = promisify(execFile);

/** The YAML examples of the guide by the heading they stand under. */
async function readExamples(): Promise<Map<string, unknown>> {
  const guide = await readFile(
    resolve(__dirname, '../../../../docs/deploys.md'),
    'utf8',
  );
  const sections = guide.split(/^## /m).slice(1);
  return new Map(
    sections.flatMap(section => {
      const example = /^```yaml\n([^]*?)^```/m.exec(section)?.[1];
      return example ? [[section.split('\n')[0], parse(example)]] : [];
    }),
  );
}

const tokenSchema = z.object({
  backend: z.object({
    auth: z.object({
      externalAccess: z.tuple([
        z.object({
          type: z.literal('static'),
          options: z.object({ token: z.string(), subject: z.string() }),
          accessRestrictions: z.array(z.record(z.string(), z.string())),
        }),
      ]),
    }),
  }),
});

const environmentSchema = z.object({ SERVICE: z.string() });

const stepSchema = z.tuple([
  z.object({ env: environmentSchema, run: z.string() }),
]);

const jobSchema = z.object({
  'tell-slo-recommender': z.object({
    variables: environmentSchema,
    script: z.tuple([z.string()]),
  }),
});

describeOnDatabases('the guide to telling of deploys', ({ start }) => {
  /** A backend with the guide's own token, and a shell that runs what the guide says. */
  async function startWithToken() {
    const examples = await readExamples();
    const { auth } = tokenSchema.parse(examples.get('A token')).backend;
    const { token } = auth.externalAccess[0].options;
    const backend = await start({
      backendConfig: { auth },
      overrides: [
        authServiceFactory,
        httpAuthServiceFactory,
        permissionsServiceFactory,
      ],
    });
    await backend.knex.transaction(tx =>
      new EntityStore(backend.knex).replaceAll([aService('checkout')], tx),
    );
    const sh = async (script: string, environment: Record<string, string>) => {
      const { stdout } = await run('sh', ['-ec', script], {
        env: {
          ...process.env,
          BACKSTAGE_URL: backend.url,
          BACKSTAGE_TOKEN: token,
          ...environment,
        },
      });
      return JSON.parse(stdout);
    };
    return { ...backend, examples, sh, authorization: `Bearer ${token}` };
  }

  it('has a step for GitHub Actions that can be retried', async () => {
    const { authorization, client, examples, sh } = await startWithToken();
    const [{ env, run: script }] = stepSchema.parse(
      examples.get('GitHub Actions'),
    );
    const environment = {
      SERVICE: env.SERVICE,
      GITHUB_RUN_ID: '123',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_REPOSITORY: 'shop/checkout',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: 'a'.repeat(40),
    };
    const told = await sh(script, environment);
    expect(told).toMatchObject({
      id: 'github-123-1',
      type: 'deploy',
      toldBy: 'ci',
      title: 'Deploy of shop/checkout',
      version: 'a'.repeat(40),
      url: 'https://github.com/shop/checkout/actions/runs/123',
    });
    await expect(sh(script, environment)).resolves.toEqual(told);
    await expect(client(authorization).getEvents(REF)).resolves.toMatchObject({
      events: [told],
    });
  });

  it('has a job for GitLab CI', async () => {
    const { examples, sh } = await startWithToken();
    const { variables, script } = jobSchema.parse(examples.get('GitLab CI'))[
      'tell-slo-recommender'
    ];
    await expect(
      sh(script[0], {
        SERVICE: variables.SERVICE,
        CI_PIPELINE_ID: '9',
        CI_PIPELINE_URL: 'https://gitlab.com/shop/checkout/-/pipelines/9',
        CI_PROJECT_PATH: 'shop/checkout',
        CI_COMMIT_SHA: 'b'.repeat(40),
      }),
    ).resolves.toMatchObject({
      id: 'gitlab-9',
      title: 'Deploy of shop/checkout',
      url: 'https://gitlab.com/shop/checkout/-/pipelines/9',
    });
  });

  it('has a token that may do nothing else', async () => {
    const { authorization, client } = await startWithToken();
    await expect(client(authorization).analyze()).rejects.toMatchObject({
      cause: { name: 'NotAllowedError' },
    });
    await expect(
      client(authorization).exclude(REF, {
        from: '2026-01-01T00:00:00Z',
        to: '2026-01-01T01:00:00Z',
        reason: 'moved',
      }),
    ).rejects.toMatchObject({ cause: { name: 'NotAllowedError' } });
    await expect(client().getEvents(REF)).rejects.toMatchObject({
      cause: { name: 'AuthenticationError' },
    });
  });
});

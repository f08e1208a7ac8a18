import { execFileSync } from 'node:child_process';
import { serviceEventInputSchema } from 'backstage-plugin-slo-recommender-common';
import { eventCommand } from './eventCommand';

const command = eventCommand(
  'https://portal.example.com/api/slo-recommender',
  'component:default/checkout',
);

/** Runs the command where `curl` prints what it would send, and `git` knows a tag. */
const run = (variables: Record<string, string>) =>
  execFileSync(
    'sh',
    ['-c', `curl() { cat; }\ngit() { echo 1.4.2; }\n${command}`],
    {
      env: { NODE_ENV: 'test', PATH: process.env.PATH, ...variables },
      encoding: 'utf8',
      stdio: 'pipe',
    },
  );

it('sends a deploy to the events of the service', () => {
  expect(command).toContain(
    "'https://portal.example.com/api/slo-recommender/v1/services/component/default/checkout/events'",
  );
});

it.each([
  [
    'GitHub Actions',
    {
      GITHUB_SERVER_URL: 'https://github.example.com',
      GITHUB_REPOSITORY: 'shop/checkout',
      GITHUB_RUN_ID: '71',
      GITHUB_RUN_ATTEMPT: '2',
    },
    'github-71-2',
    'https://github.example.com/shop/checkout/actions/runs/71',
  ],
  [
    'GitLab CI',
    {
      CI_PIPELINE_ID: '71',
      CI_PIPELINE_URL: 'https://gitlab.example.com/shop/checkout/pipelines/71',
    },
    'gitlab-71',
    'https://gitlab.example.com/shop/checkout/pipelines/71',
  ],
  [
    'Jenkins',
    {
      BUILD_NUMBER: '71',
      BUILD_URL: 'https://jenkins.example.com/job/checkout/71/',
    },
    'jenkins-71',
    'https://jenkins.example.com/job/checkout/71/',
  ],
])('runs as it stands in %s', (_, variables, id, url) => {
  expect(serviceEventInputSchema.parse(JSON.parse(run(variables)))).toEqual({
    type: 'deploy',
    title: 'Deploy 1.4.2',
    version: '1.4.2',
    url,
    id,
  });
});

it('takes what it is told elsewhere', () => {
  const variables = {
    VERSION: '2.0',
    RUN_ID: 'nightly-3',
    RUN_URL: 'https://ci.example.com/3',
  };
  expect(JSON.parse(run(variables))).toMatchObject({
    version: '2.0',
    url: 'https://ci.example.com/3',
    id: 'nightly-3',
  });
});

it('leaves the address out where there is none', () => {
  const sent: unknown = JSON.parse(run({ RUN_ID: 'nightly-3' }));
  expect(serviceEventInputSchema.parse(sent)).toEqual({
    type: 'deploy',
    title: 'Deploy 1.4.2',
    version: '1.4.2',
    id: 'nightly-3',
  });
});

it('stops where no run is known', () => {
  expect(() => run({})).toThrow(/BUILD_NUMBER/);
});

import { existsSync, readFileSync } from 'fs';
import { resolve } from 'path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { findAliasCandidates } from './findAliasCandidates';

/** Recordings lie beside the repository where they are at hand. */
const GRAPH = resolve(
  resolvePackagePath('backstage-plugin-slo-recommender-backend'),
  '../../../shared/data/petshop/low_traffic/graph.csv',
);
const METRICS = resolve(GRAPH, '../noissue/metrics.csv');

function readTable(file: string): string[][] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .filter(Boolean)
    .map(line => line.split(','));
}

/** Rows are callers, columns callees. Requests are known by node alone. */
function readRecording() {
  const [[, ...callees], ...rows] = readTable(GRAPH);
  const [names, metrics, , , ...bins] = readTable(METRICS);
  const requests = (name: string) => {
    const column = names.findIndex(
      (one, index) => one === name && metrics[index] === 'requests',
    );
    return bins.reduce((sum, bin) => sum + Number(bin[column] ?? 0), 0);
  };
  return {
    nodes: callees.map(name => ({
      id: `undeclared:${name}`,
      names: [name],
      entityRef: null,
    })),
    edges: rows.flatMap(([caller, ...cells]) =>
      cells.flatMap((cell, index) =>
        Number(cell) === 1
          ? {
              source: `undeclared:${caller}`,
              target: `undeclared:${callees[index]}`,
              calls: requests(callees[index]),
            }
          : [],
      ),
    ),
  };
}

if (!existsSync(GRAPH) && process.env.CI_REQUIRE_SYSTEM_PACKAGES === 'true') {
  throw new Error(
    `${GRAPH} not found on this machine, and nothing may be missing here`,
  );
}
const describeRecording = existsSync(GRAPH) ? describe : describe.skip;

describeRecording(`names of the recording ${GRAPH}`, () => {
  it('offers the aliases of each backend as one service, and nothing else', async () => {
    expect(
      (await findAliasCandidates(readRecording())).map(
        ({ names, evidence }) => [
          ...names,
          [...new Set(evidence.map(({ code }) => code))].join(),
        ],
      ),
    ).toEqual([
      [
        'PetSearch_AWS::ECS::Fargate',
        'PetSearch_client',
        'servi-searc.us-west-2.elb.amazonaws.com_remote',
        'Servi-searc.us-west-2.elb.amazonaws.com_remote',
        'same-name,same-stem,abbreviation,chain,same-callers',
      ],
      [
        'lambda_step_priceGreaterThan55_AWS::Lambda',
        'lambda_step_priceGreaterThan55_AWS::Lambda::Function',
        'lambda_step_priceGreaterThan55',
        'same-stem,chain',
      ],
      [
        'lambda_step_priceLessThan55_AWS::Lambda',
        'lambda_step_priceLessThan55_AWS::Lambda::Function',
        'lambda_step_priceLessThan55',
        'same-stem,chain',
      ],
      [
        'lambda_step_readDDB',
        'lambda_step_readDDB_AWS::Lambda',
        'lambda_step_readDDB_AWS::Lambda::Function',
        'same-stem,chain',
      ],
      [
        'lambdastatusupdater_AWS::Lambda::Function',
        'lambdastatusupdater_AWS::Lambda',
        'same-stem,chain',
      ],
      [
        'petlistadoptions_AWS::ECS::Fargate',
        'petlistadoptions_client',
        'servi-lista.us-west-2.elb.amazonaws.com_remote',
        'same-stem,abbreviation,chain,same-callers',
      ],
    ]);
  });
});

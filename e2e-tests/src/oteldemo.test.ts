import { expect, test } from '@playwright/test';
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from './processes';
import { type Portal, startPortal, untilFirstAnalysis } from './portal';
import { SHARED } from './repository';
import { requires } from './requirements';

const CATALOG = join(SHARED, 'data/oteldemo-catalog');
const COMPONENTS = 19;
/** Components, resources and the API; the list of them refers to nothing. */
const REFERRING = 23;
const SYSTEM = 'system:default/opentelemetry-demo';
const OWNER = 'user:default/guest';

requires({ files: [join(CATALOG, 'backstage.yaml')] });

test.describe('a catalog that refers to what it does not hold', () => {
  let folder: string;
  let portal: Portal;

  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slo-recommender-oteldemo-'));
    await cp(CATALOG, folder, { recursive: true, mode: 0 });
    // two files that the folder lacks: Backstage itself refuses a list that names a missing one, and an API without
    // its definition
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'backstage-org.yaml'), '# nobody\n');
    const api = join(folder, 'pb/backstage.yaml');
    const withDefinition = (await readFile(api, 'utf8')).replace(
      /definition:\s+\$text: .*/,
      'definition: syntax = "proto3";',
    );
    await chmod(api, 0o644);
    await writeFile(api, withDefinition);
    portal = await startPortal({
      config: 'oteldemo.yaml',
      port: 18040,
      env: { E2E_CATALOG: join(folder, 'backstage.yaml') },
    });
    await untilFirstAnalysis(portal, COMPONENTS);
  });

  test.afterAll(async () => {
    await portal?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  test('is read whole, and each dangling reference is reported once', async () => {
    const { client } = portal;
    const { items: services } = await client.getServices({ limit: 500 });
    expect(services).toHaveLength(COMPONENTS);

    let dangling = await client.getDanglingReferences({ limit: 500 });
    while ((dangling.items.at(-1)?.referencedBy.length ?? 0) < REFERRING) {
      await pause(500);
      dangling = await client.getDanglingReferences({ limit: 500 });
    }
    expect(
      dangling.items.map(({ targetRef, referencedBy, hiddenReferences }) => [
        targetRef,
        referencedBy.length,
        [...new Set(referencedBy.map(({ relation }) => relation))]
          .sort()
          .join(),
        hiddenReferences,
      ]),
    ).toEqual([
      [SYSTEM, REFERRING, 'partOf', 0],
      [OWNER, REFERRING, 'ownedBy', 0],
    ]);

    for (const { entityRef } of services) {
      const { danglingReferences, system, owner } =
        await client.getService(entityRef);
      expect([system, owner]).toEqual([SYSTEM, OWNER]);
      expect(danglingReferences, entityRef).toEqual(
        expect.arrayContaining([
          { targetRef: SYSTEM, relation: 'partOf' },
          { targetRef: OWNER, relation: 'ownedBy' },
        ]),
      );
    }

    const graph = await client.getDependencies('component:default/frontend', {
      direction: 'downstream',
      depth: 100,
    });
    const missing = graph.nodes.filter(({ inCatalog }) => !inCatalog);
    expect(missing).toEqual([]);

    const log = portal.output();
    for (const target of [SYSTEM, OWNER]) {
      expect(log.split(`does not hold ${target}`)).toHaveLength(2);
    }
    expect(log).not.toMatch(/Z slo-recommender error /);
  });
});

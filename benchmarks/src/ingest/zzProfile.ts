import { knex } from 'knex';
import { openDatabase, DependencyStore, EntityStore, CycleStore } from 'backstage-plugin-slo-recommender-backend/src/store';
import { Graph, Cycles, DependencyReports } from 'backstage-plugin-slo-recommender-backend/src/graph';
import { dependencyReportSchema } from 'backstage-plugin-slo-recommender-common';
import { GraphView } from 'backstage-plugin-slo-recommender-backend/src/read/GraphView';
import { aliasCandidates } from 'backstage-plugin-slo-recommender-backend/src/read/aliasCandidates';
import { DependenciesReader } from 'backstage-plugin-slo-recommender-backend/src/read';
import { createFleet } from './fleet';
import { watched } from './watched';
const show = (n: string, w: any) => console.log(n.padEnd(30), `${w.ms.toFixed(0)} ms, cpu ${w.cpuMs.toFixed(0)}, block ${w.longestBlockMs.toFixed(0)}`);
async function main() {
  const pg = process.env.PG;
  const name = `ingest_profile_${process.pid}`;
  let admin: any;
  let db: any;
  if (pg) {
    admin = knex({ client: 'pg', connection: pg });
    await admin.raw('create database ??', [name]);
    const url = new URL(pg); url.pathname = `/${name}`;
    db = knex({ client: 'pg', connection: url.href });
  } else db = knex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true, pool: { min: 1, max: 1 } });
  await openDatabase({ getClient: async () => db });
  const fleet = createFleet();
  const now = () => new Date('2026-03-10T12:30:00Z');
  const dependencies = new DependencyStore(db, now);
  const settings = { staleAfterMs: 86400000 * 7, aliasRules: [] };
  const body = JSON.stringify(fleet.report);
  console.log('body MB', body.length / 1e6);
  show('catalog', await watched(async () => db.transaction(async (tx: any) => { await new EntityStore(db).replaceAll(fleet.entities, tx); await dependencies.replaceDeclared(fleet.declared, tx); })));
  for (let round = 0; round < 3; round++) {
    show('JSON.parse', await watched(async () => JSON.parse(body)));
    const parsed = await watched(async () => dependencyReportSchema.parse(JSON.parse(body)));
    show('parse', parsed);
    const noCycles = new DependencyReports({ database: db, dependencies, cycles: { note: async () => {} } as any, now });
    show('take', await watched(() => noCycles.take(parsed.result)));
    const graph = new Graph(db, settings);
    const built = await watched(() => graph.current());
    show('snapshot', built);
    const cycles = new Cycles({ graph, store: new CycleStore(db), now });
    show('cycles.note', await watched(() => cycles.note()));
    const snapshot: any = built.result;
    console.log(snapshot.nodes.length, snapshot.edges.length, snapshot.cycles.size);
    show('view all', await watched(async () => new GraphView(snapshot, undefined)));
    const readable = new Set<string>(snapshot.nodes.filter((_: any, i: number) => i % 3).flatMap((n: any) => n.entityRef ?? []));
    show('view some', await watched(async () => new GraphView(snapshot, readable)));
    const view = new GraphView(snapshot, undefined);
    const al = await watched(async () => aliasCandidates(view, { limit: 10, text: '' } as any));
    show('aliases', al);
    show('aliases again', await watched(async () => aliasCandidates(view, { limit: 10, text: '' } as any)));
    const reader = new DependenciesReader(graph);
    for (const depth of [1, 3, 100]) {
      const times: number[] = [];
      for (let i = 0; i < 200; i++) {
        const root = snapshot.nodes[(i * 7919) % snapshot.nodes.length].id;
        const t = performance.now();
        await reader.get(root, { direction: 'both', depth, includeStale: false, limit: 5000 }, async () => undefined);
        times.push(performance.now() - t);
      }
      times.sort((a, b) => a - b);
      console.log('reader depth', depth, times[100].toFixed(2), times[197].toFixed(2));
    }
  }
  await db.destroy();
  if (admin) { await admin.raw('drop database ?? with (force)', [name]); await admin.destroy(); }
}
main().catch(e => { console.error(e); process.exit(1); });

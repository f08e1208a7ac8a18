// A process that answers the Prometheus API for the fleet; it tells its parent the URL, and what was asked when it is asked.
import {
  type Fault,
  serveFleet,
  spread,
  startScriptedServer,
  SyntheticFleet,
} from 'backstage-plugin-slo-recommender-prometheus/testing';
import { DELAY_MS, type ServerMessage, SERVICES } from './scenario';

const FAULTS: Fault[] = [
  'too many samples',
  'unavailable',
  'throttled',
  'no answer',
  'truncated',
  'reset',
];

function tell(message: ServerMessage) {
  process.send?.(message);
}

async function main(oneInFails: number) {
  const server = await startScriptedServer();
  server.answer(
    serveFleet({
      fleet: new SyntheticFleet(SERVICES),
      delayMs: DELAY_MS,
      faultOf: count =>
        oneInFails > 0 && spread(count) % oneInFails === 0
          ? FAULTS[spread(count + 1) % FAULTS.length]
          : undefined,
    }),
  );
  process.on('message', () =>
    tell({
      kind: 'asked',
      questions: server.requests.map(
        ({ path, parameters }) => `${path}?${parameters}`,
      ),
    }),
  );
  process.on('disconnect', () => process.exit());
  tell({ kind: 'started', url: server.url });
}

main(Number(process.argv[2])).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

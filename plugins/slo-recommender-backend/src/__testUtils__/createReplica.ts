import { fork } from 'child_process';
import { once } from 'events';
import { resolve as resolvePath } from 'path';
import type { JsonObject } from '@backstage/types';

/** What a replica's process is asked: to start a backend with a configuration, or to stop it. */
export type ReplicaRequest = JsonObject | 'stop';

/** How the start of a backend went. */
export interface ReplicaReport {
  /** What it logged as a warning or an error. */
  warnings: string[];
  /** Why it did not start. */
  error?: string;
}

export interface Replica {
  start(config: JsonObject): Promise<ReplicaReport>;
  stop(): Promise<void>;
  /** Ends the process, with no time to clean up. */
  kill(): Promise<void>;
}

/** Starts a process that runs a backend with the plugin when it is asked to. */
export async function createReplica(): Promise<Replica> {
  const child = fork(resolvePath(__dirname, 'replica.ts'), {
    execArgv: ['--require', '@backstage/cli-node/config/nodeTransform.cjs'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  // other messages are for the development runner of Backstage
  const answered = <T>() =>
    new Promise<T>((resolve, reject) => {
      const onExit = () => reject(new Error('The replica has ended.'));
      const onMessage = (message: { replica?: T }) => {
        if (message.replica === undefined) return;
        child.off('message', onMessage).off('exit', onExit);
        resolve(message.replica);
      };
      child.on('message', onMessage).on('exit', onExit);
    });
  const ask = <T>(request: ReplicaRequest) => {
    const answer = answered<T>();
    child.send({ replica: request });
    return answer;
  };
  await answered();
  return {
    start: config => ask(config),
    stop: () => ask('stop'),
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

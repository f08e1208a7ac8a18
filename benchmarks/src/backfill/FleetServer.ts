import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { ServerMessage } from './scenario';

/** The next message of a kind; the compiler of the sources sends messages of its own. */
function nextMessage<K extends ServerMessage['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<ServerMessage, { kind: K }>> {
  return new Promise((done, fail) => {
    const isWanted = (
      message: ServerMessage,
    ): message is Extract<ServerMessage, { kind: K }> => message.kind === kind;
    const end = (code: number | null) =>
      fail(new Error(`The server process ended with ${code}.`));
    const listen = (message: ServerMessage) => {
      if (!isWanted(message)) return;
      child.off('message', listen).off('exit', end);
      done(message);
    };
    child.on('message', listen).once('exit', end);
  });
}

/** The server of the fleet, in a process of its own so that its work is not taken for ours. */
export class FleetServer {
  /** @param oneInFails - one answer in so many fails; 0 for none. */
  static async start(oneInFails = 0): Promise<FleetServer> {
    const child = fork(resolve(__dirname, 'serverProcess.ts'), [
      String(oneInFails),
    ]);
    const { url } = await nextMessage(child, 'started');
    return new FleetServer(child, url);
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Every question since the start, as text. */
  async asked(): Promise<string[]> {
    const answer = nextMessage(this.child, 'asked');
    this.child.send('asked');
    return (await answer).questions;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.disconnect();
    await exited;
  }
}

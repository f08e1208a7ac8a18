import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Processor time since the machine was started, in ticks. */
interface ProcessorTime {
  /** What ran on it. */
  used: number;
  /** Time in which something could have run, and the host of this virtual machine ran something else. */
  stolen: number;
}

/**
 * Reads the first line of Linux' `/proc/stat`; see its manual page proc_stat(5).
 *
 * @returns undefined where that line does not tell.
 */
export function processorTime(stat: string): ProcessorTime | undefined {
  const line = /^cpu +(\d+(?: \d+){7})/.exec(stat);
  if (!line) return undefined;
  const [user, nice, system, , , irq, softirq, stolen] = line[1]
    .split(' ')
    .map(Number);
  return { used: user + nice + system + irq + softirq, stolen };
}

function readProcessorTime(): ProcessorTime | undefined {
  try {
    return processorTime(readFileSync('/proc/stat', 'utf8'));
  } catch {
    // not on Linux
    return undefined;
  }
}

/** Share of the processor time wanted between two readings that the machine did not get, as a sentence. */
export function sentenceOfStolen(
  before: ProcessorTime | undefined,
  after: ProcessorTime | undefined,
): string {
  if (!before || !after) return '';
  const stolen = after.stolen - before.stolen;
  const wanted = after.used - before.used + stolen;
  if (wanted <= 0) return '';
  const percent = Math.round((100 * stolen) / wanted);
  return ` Its host kept ${percent} % of the processor time that was asked for meanwhile.`;
}

/**
 * Where and when figures come from. Begins to watch the machine.
 *
 * @returns asked when they are there, the sentences.
 */
export function watchMachine(): () => string {
  const before = readProcessorTime();
  return () => {
    const processors = cpus();
    const today = new Date().toISOString().slice(0, 10);
    return `${today}, Node ${process.versions.node}, ${
      processors.length
    } × ${processors[0].model.trim()}.${sentenceOfStolen(
      before,
      readProcessorTime(),
    )}`;
  };
}

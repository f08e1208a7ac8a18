import { cpus } from 'node:os';

/** Where and when the figures come from. */
export function machineLine(): string {
  const processors = cpus();
  const today = new Date().toISOString().slice(0, 10);
  return `${today}, Node ${process.versions.node}, ${processors.length} × ${processors[0].model.trim()}.`;
}

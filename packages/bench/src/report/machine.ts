import { cpus, release, totalmem } from 'node:os';
import { canPin } from '../process/cpu-pin.ts';

const GIB = 2 ** 30;

/** What the figures were measured on: nothing that names the machine or its owner. */
export function describeMachine(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const memory = Math.round(totalmem() / GIB);
  const { node, v8, sqlite } = process.versions;
  const pinning = canPin
    ? 'server held to one core, load generator to another'
    : 'server and load generator not held to cores: this machine does not allow it';
  return [
    `${cpus().length} cores of ${model}, ${memory} GiB of memory`,
    `${process.platform} ${release().split('-')[0]}, ${process.arch}`,
    `Node ${node}, V8 ${v8.split('-')[0]}, SQLite ${sqlite ?? 'unknown'}`,
    pinning,
  ].join('; ');
}

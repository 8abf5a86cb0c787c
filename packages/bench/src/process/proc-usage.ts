/** CPU time and memory of a process as the kernel counts them, all threads together. */
import { readFileSync } from 'node:fs';

/** USER_HZ: the unit of /proc's times on every Linux there is. */
const TICKS_PER_SECOND = 100;
const UTIME = 11;
const STIME = 12;

/** User plus system time since the process began, in seconds; steps of 10 ms. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command's name, in brackets, may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[UTIME]) + Number(fields[STIME])) / TICKS_PER_SECOND;
}

/** Resident memory in bytes. */
export function residentBytes(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (match === null) throw new Error(`process ${pid} has no resident memory`);
  return Number(match[1]) * 1024;
}

/** How many files a process here may have open. */
export function openFilesLimit(): number {
  const match = /^Max open files\s+\d+\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
  return match === null || match[1] === 'unlimited' ? Number.POSITIVE_INFINITY : Number(match[1]);
}

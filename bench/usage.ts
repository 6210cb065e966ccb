/** What a process, or a piece of work, has taken of the machine. */
import { readFile } from 'node:fs/promises';
import { fieldsAfterName, processorTimeIn } from '../src/threads/processortime.ts';

/** CPU milliseconds and resident bytes of a process, from proc(5). */
export async function usageOf(pid: number): Promise<{ readonly cpuMs: number; readonly bytes: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
  return { cpuMs: processorTimeIn(stat), bytes: 4096 * Number(fieldsAfterName(stat)[21]) };
}

/** Milliseconds of this process's time on the processors while `work` runs. */
export function cpuMsOf(work: () => unknown): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** What a process has taken of the machine. */
import { readFile } from 'node:fs/promises';

/** CPU milliseconds and resident bytes of a process, from proc(5). */
export async function usageOf(pid: number): Promise<{ readonly cpuMs: number; readonly bytes: number }> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return { cpuMs: 10 * (Number(fields[11]) + Number(fields[12])), bytes: 4096 * Number(fields[21]) };
}

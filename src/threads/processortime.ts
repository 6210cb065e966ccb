/** How much processor time one thread of this program has taken, where the system tells (Linux). */
import { readFileSync, readlinkSync } from 'node:fs';

/** proc(5) counts in ticks of USER_HZ, which is 100 on every architecture that Node.js runs on. */
const MS_PER_TICK = 10;
/** Places of utime and stime among the fields after the name. */
const [UTIME, STIME] = [11, 12];

/** What a `stat` tells after the name, which may have blanks and brackets itself (proc(5)). */
export const fieldsAfterName = (stat: string): readonly string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

/** Milliseconds of processor time that a `stat` tells of, to the tick. */
export function processorTimeIn(stat: string): number {
  const fields = fieldsAfterName(stat);
  return MS_PER_TICK * (Number(fields[UTIME]) + Number(fields[STIME]));
}

/** The system's number of the thread that calls this; 0 where it has none. */
export function threadNumber(): number {
  try {
    return Number(/task\/(\d+)$/.exec(readlinkSync('/proc/thread-self'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Milliseconds of processor time that a thread of this program has taken, to the tick; null where the system tells none. */
export function processorTimeOf(thread: number): number | null {
  if (thread === 0) return null;
  try {
    return processorTimeIn(readFileSync(`/proc/self/task/${thread}/stat`, 'latin1'));
  } catch {
    return null;
  }
}

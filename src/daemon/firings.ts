/** Says when cron expressions fire, and how the sources of one expression are spread after it. */
import { createTask, type ScheduledTask } from 'node-cron';
import { spreadOf } from '../sources/nextpoll.ts';

export const ZONE = 'Asia/Shanghai';

/** Sources of one expression are spread over its interval, up to this: an hourly source still is about hourly. */
const MAX_SPREAD_MS = 15 * 60_000;
/** Expressions that are remembered; a config has a few dozen. */
const MAX_KNOWN = 10_000;

export interface Firings {
  /** When a source with this expression is polled next (epoch ms); null where the expression never fires again. */
  next(expression: string, sourceId: string): number | null;
  /** How long after a firing the source comes due, in milliseconds: the same at each. */
  offsetOf(expression: string, sourceId: string): number;
}

interface Known {
  /** When this was found out: a clock that was set back to before makes it void. */
  readonly asOf: number;
  /** The next firing; null where the expression never fires again. */
  readonly first: number | null;
  /** The pause after it; 0 where it is the last. */
  readonly intervalMs: number;
}

export function createFirings(now: () => number): Firings {
  /** Expressions, parsed; never started. */
  const tasks = new Map<string, ScheduledTask>();
  /** Each until its next firing: ten thousand sources of one expression ask for the same. */
  const known = new Map<string, Known>();

  /** The next two firings, soonest first (epoch ms); none where the expression names a day that never comes (30 February). */
  function nextFirings(expression: string): readonly number[] {
    try {
      const task = tasks.get(expression) ?? createTask(expression, () => undefined, { timezone: ZONE });
      tasks.set(expression, task);
      return task.getNextRuns(2).map((date) => date.getTime());
    } catch {
      return [];
    }
  }

  function lookAhead(expression: string): Known {
    const found = known.get(expression);
    const at = now();
    if (found !== undefined && found.asOf <= at && found.first !== null && at < found.first) return found;
    const [first = null, second = null] = nextFirings(expression);
    const next = { asOf: at, first, intervalMs: first === null || second === null ? 0 : second - first };
    if (known.size >= MAX_KNOWN) {
      known.clear();
      tasks.clear();
    }
    known.set(expression, next);
    return next;
  }

  const offsetOf = (expression: string, sourceId: string) =>
    Math.floor(spreadOf(sourceId) * Math.min(lookAhead(expression).intervalMs, MAX_SPREAD_MS));

  return {
    offsetOf,
    next(expression, sourceId) {
      const { first } = lookAhead(expression);
      return first === null ? null : first + offsetOf(expression, sourceId);
    },
  };
}

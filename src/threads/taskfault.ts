/** What keeps a task from being done: it takes too long, or the program fails on it. */
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';

export type TaskFault =
  | { readonly kind: 'time'; readonly limitMs: number }
  | { readonly kind: 'defect'; readonly said: string };

export function faultReason(of: 'document' | 'item', fault: TaskFault): Reason {
  return fault.kind === 'time'
    ? reason(`aside.${of}.time-limit`, { limit: fault.limitMs })
    : reason(`aside.${of}.defect`, { said: fault.said });
}

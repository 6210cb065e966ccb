/** Commits entries: reads what shares their keys, lets the caller decide, and writes entry, story and decision atomically. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DecisionKind } from '../types.ts';
import { readAround } from './around.ts';
import type { Store } from './keys.ts';
import { type CommitOptions, type Plan, plan, type Submission } from './plan.ts';
import { check } from './sources.ts';

export type Committed = { readonly entry: string; readonly known: true } | (Decided & { readonly known: false });

interface Decided {
  readonly entry: string;
  readonly story: string;
  readonly decision: DecisionKind;
}

/** Rounds of read, decide, commit before giving the job back to the queue. */
const MAX_ROUNDS = 100;
const SCRIPT = readFileSync(new URL('./commit.lua', import.meta.url), 'utf8');
const SCRIPT_SHA = createHash('sha1').update(SCRIPT).digest('hex');

/**
 * Commits all, in order. Safe to repeat: an item committed before comes back as `known`. Copies committed at the same
 * time by others make one story: a commit whose read is outdated is decided again.
 * Throws where Redis fails, or where a commit is outrun `MAX_ROUNDS` times; what was committed until then stays.
 */
export async function commitEntries(
  store: Store,
  submissions: readonly Submission[],
  options: CommitOptions,
): Promise<Committed[]> {
  // A Redis that restarted has forgotten its scripts; loading one it knows costs nothing.
  await store.redis.script('LOAD', SCRIPT);
  const results = new Map<Submission, Committed>();
  let pending = [...submissions];
  for (let round = 0; pending.length > 0; round++) {
    if (round === MAX_ROUNDS)
      throw new Error(`${pending.length} entries were outrun by other commits ${MAX_ROUNDS} times`);
    const read = await readAround(store, pending);
    const pipeline = store.redis.pipeline();
    const plans = pending.map((submission) => plan(store, submission, read, options));
    for (const { args, keyCount } of plans) pipeline.evalsha(SCRIPT_SHA, keyCount, ...args);
    const answers = await check(pipeline.exec());
    const again: Submission[] = [];
    for (const [i, submission] of pending.entries()) {
      const { story, decision } = (plans[i] as Plan).assembled;
      const entry = submission.entry.id;
      if (answers[i] === 'ok') results.set(submission, { entry, story: story.id, decision, known: false });
      else if (answers[i] === 'known') results.set(submission, { entry, known: true });
      else again.push(submission);
    }
    pending = again;
  }
  return submissions.map((submission) => results.get(submission) as Committed);
}

/** Says which stories rules removed, of those of which a rule keeps a copy out. */
import type { Judgement } from '../model/decision.ts';

/** A rule keeps an entry of the story out of `edition` (null: of all), which would have it without the rule. */
interface KeptOut {
  readonly rule: string;
  readonly edition: string | null;
  readonly story: string;
}

export function keptOut({ removedBy = [] }: Judgement, story: string): readonly KeptOut[] {
  return removedBy.map((by) => ({ ...by, story }));
}

/** Rule → stories that are not there now, whatever their other copies say. `editionsOf`: undefined where it is gone. */
export function removedStories(
  all: readonly KeptOut[],
  editionsOf: (story: string) => readonly string[] | undefined,
): Map<string, readonly string[]> {
  const removed = new Map<string, readonly string[]>();
  for (const { rule, edition, story } of all) {
    const editions = editionsOf(story);
    if (editions === undefined) continue;
    const isThere = edition === null ? editions.length > 0 : editions.includes(edition);
    if (!isThere) removed.set(rule, [...(removed.get(rule) ?? []), story]);
  }
  return removed;
}

/** Edits some items of one source as values in, values out. */
import { createRecurrences } from '../clean/article/recurring.ts';
import type { RawItem } from '../model/feed.ts';
import type { SourceFacts } from '../model/source.ts';
import { fingerprint } from '../story/keys/fingerprint.ts';
import { type Edited, type Editor, editTogether } from './editorial.ts';
import { dateOf, type StoredDates } from './setaside.ts';

export interface Batch {
  readonly items: readonly RawItem[];
  readonly source: SourceFacts;
  readonly document: { readonly title: string | null; readonly baseUrl: string | null };
  /** What the source is known to repeat, as `Recurrences.write` gives it; null: nothing yet. */
  readonly recurrences: string | null;
  readonly dates: StoredDates;
  readonly now: number;
}

export interface EditedBatch {
  /** One an item, in order. */
  readonly edited: readonly Edited[];
  readonly recurrences: string;
}

/** `begin` is told of each item, by its place, before work on it begins. */
export function editBatch(editor: Editor, batch: Batch, begin: (at: number) => void): EditedBatch {
  const { items, source, document, dates, now } = batch;
  const recurrences = createRecurrences(batch.recurrences);
  const all = items.map((item) => ({ item, source, document }));
  const edited = editTogether(editor, all, () => recurrences, now, begin);
  return { edited: edited.map((one) => keepDate(one, dates)), recurrences: recurrences.write() };
}

function keepDate(edited: Edited, dates: StoredDates): Edited {
  const { cleaned, fingerprint: print } = edited;
  const published = dateOf(cleaned.entry.id, cleaned.entry.published, dates);
  if (published === cleaned.entry.published) return edited;
  const entry = { ...cleaned.entry, published };
  const { evidence } = fingerprint(entry);
  return { ...edited, cleaned: { ...cleaned, entry }, fingerprint: { ...print, evidence } };
}

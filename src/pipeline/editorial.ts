/** Takes a raw item through every editorial stage: clean, classify, judge by the rules and editions, fingerprint. */
import { cleanItem } from '../clean/clean.ts';
import { createRecurrences, type Recurrences } from '../clean/article/recurring.ts';
import { findRegion, loadGazetteer } from '../divisions/gazetteer.ts';
import { createClassifier } from '../region/classify.ts';
import { fingerprint } from '../story/keys/fingerprint.ts';
import type { Config } from '../model/config.ts';
import { type Judgement, nonEntryDecision } from '../model/decision.ts';
import type { Cleaned, Entry } from '../model/entry.ts';
import type { RawItem } from '../model/feed.ts';
import type { Classification, Relevance } from '../model/region.ts';
import type { SourceFacts } from '../model/source.ts';
import type { Fingerprint } from '../model/story.ts';
import { createJudge, withExclusions } from './judgement.ts';

/** What became of one raw item before it meets the others. */
export interface Edited {
  readonly cleaned: Cleaned;
  readonly classification: Classification;
  /** One per edition, in the config's order. */
  readonly relevance: readonly Relevance[];
  readonly fingerprint: Fingerprint;
  readonly judgement: Judgement;
}

/** What an item is read with: the document it stood in, and what its source is known to repeat. */
interface Surroundings {
  readonly title: string | null;
  readonly baseUrl: string | null;
  readonly isRecurring?: ((key: string) => boolean) | undefined;
  /** Set for items that no configured source brings: the title then also says where the outlet is. */
  readonly titleSaysPlace?: true | undefined;
}

export interface Editor {
  edit(item: RawItem, source: SourceFacts, document: Surroundings): Edited;
  /** Judges a stored entry again, by its stored classification. */
  judge(entry: Entry, classification: Classification, source: SourceFacts): Judgement;
}

/** What the stages need of a config. */
export type EditorConfig = Pick<Config, 'editions' | 'regions'>;

/** Builds the stages once for a config; `edit` is pure and does not throw. */
export function createEditor(config: EditorConfig): Editor {
  const gazetteer = loadGazetteer();
  const classifier = createClassifier(config.regions);
  const { weigh, judge } = createJudge(config);
  return {
    edit(item, source, document) {
      const { title, baseUrl, isRecurring, titleSaysPlace } = document;
      const unsaid = titleSaysPlace && title !== null ? classifier.placeNamed(title) : null;
      const cleaned = cleanItem(item, { source: source.id, timezone: source.timezone, baseUrl, isRecurring });
      const { entry, nonEntry } = cleaned;
      const classification = classifier.classify({
        title: entry.title,
        summary: entry.summary,
        text: entry.text,
        categories: entry.categories,
        opening: entry.opening,
        outlet: entry.outlet,
        feedTitle: title,
        sourceName: source.name,
        sourceRegion:
          source.region === null ? unsaid : (findRegion(gazetteer, source.region, config.regions.home)?.code ?? null),
      });
      const relevance = weigh(entry, classification, source);
      const judgement =
        nonEntry === null
          ? withExclusions(judge(entry, relevance, source), classification)
          : { editions: [], rule: nonEntryDecision(nonEntry.rule), reason: nonEntry.reason, barred: true, matched: [] };
      const print = fingerprint(entry);
      return {
        cleaned,
        classification,
        relevance,
        fingerprint: judgement.barred ? { ...print, keys: [], topics: [] } : print,
        judgement,
      };
    },
    judge: (entry, classification, source) => judge(entry, weigh(entry, classification, source), source),
  };
}

/** One item to edit among others. */
export interface Editing {
  readonly item: RawItem;
  readonly source: SourceFacts;
  readonly document: Surroundings;
}

/**
 * Edits items one after the other. The edges of each are counted with its source; an item with an edge that only these
 * items showed to recur is edited again without it. `begin` is told of each item, by its place, before it is edited.
 */
export function editTogether(
  editor: Editor,
  items: readonly Editing[],
  recurrencesOf: (source: string) => Recurrences,
  now: number,
  begin: (at: number) => void = () => undefined,
): readonly Edited[] {
  const edited = items.map((one, at) => {
    begin(at);
    const { isRecurring } = recurrencesOf(one.source.id);
    const first = editor.edit(one.item, one.source, { ...one.document, isRecurring });
    return { one, isRecurring, first, known: first.cleaned.edges.filter(isRecurring).length };
  });
  for (const { one, first } of edited)
    if (first.cleaned.nonEntry === null) recurrencesOf(one.source.id).note(first.cleaned, now);
  return edited.map(({ one, isRecurring, first, known }, at) => {
    if (first.cleaned.edges.filter(isRecurring).length === known) return first;
    begin(at);
    return editor.edit(one.item, one.source, { ...one.document, isRecurring });
  });
}

/** Recurrences that begin from nothing, one for each source asked for. */
export function freshRecurrences(): (source: string) => Recurrences {
  const known = new Map<string, Recurrences>();
  return (source) => {
    const found = known.get(source) ?? createRecurrences(null);
    known.set(source, found);
    return found;
  };
}

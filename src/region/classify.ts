/** Turns a document's fields into the places and themes it is about, each with its evidence. */
import type { RegionsConfig } from '../model/config.ts';
import type { Opening } from '../model/entry.ts';
import type { Classification, TextField } from '../model/region.ts';
import { withoutCaptions } from '../zh/captions.ts';
import { readOpening, withoutOpening } from '../zh/opening.ts';
import { fold } from '../zh/script.ts';
import { withoutOwners } from './find/branches.ts';
import { standsAsWord } from './find/cues.ts';
import { blankForms, type Names } from './find/maskphrases.ts';
import { liesInAny } from '../divisions/codes.ts';
import { expandRegions, findRegion, type Home, loadGazetteer } from '../divisions/gazetteer.ts';
import { isUnsure, resolveMentions, type Mention } from './find/resolve.ts';
import { type Choice, hasTerm, longestAt, type Match, scan } from './find/scan.ts';
import { buildTrie } from './find/trie.ts';
import { placeOutlet, rankHits } from './decide/score.ts';
import { W } from './decide/weights.ts';
import { loadLexicon, LONGEST_WORD, standsAlone } from './find/lexicon.ts';
import type { Term } from './find/term.ts';
import { loadTerms } from './find/terms.ts';

export interface ClassifierInput {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly categories: readonly string[];
  /** The opening of `text`. */
  readonly opening?: Opening | null | undefined;
  readonly outlet: string | null;
  readonly feedTitle: string | null;
  /** As the config has it. */
  readonly sourceName?: string | undefined;
  /** Gazetteer name or code of where the source's outlet is. */
  readonly sourceRegion: string | null;
}

export interface Classifier {
  readonly classify: (doc: ClassifierInput) => Classification;
  /** Code of the place that the name of an outlet or feed gives; null where it gives none. */
  readonly placeNamed: (name: string) => string | null;
}

/** Builds the trie once per config; `classify` is pure and never throws. */
export function createClassifier(regions: RegionsConfig): Classifier {
  const gazetteer = loadGazetteer();
  const { home } = regions;
  const terms = [...loadTerms(home), ...ownTerms(regions)];
  const trie = buildTrie(terms.map(({ text }) => text));
  const exclusions = regions.exclusions
    .filter((phrase) => phrase.trim() !== '')
    .map((phrase) => [fold(phrase), phrase] as const);
  const excluded = exclusions.map(([folded]) => folded);
  const places = new Set(terms.filter(({ division, codes }) => division || codes.length > 0).map(({ text }) => text));
  const large = new Set(gazetteer.places.filter(({ level }) => level !== 'county').map(({ short }) => fold(short)));
  const sure = new Set(
    terms.filter(({ division, strength }) => division && strength === 'sure').map(({ text }) => text),
  );
  const names = new Set(terms.map(({ text }) => text));
  const lexicon = loadLexicon(
    // 安徽人, 诸暨网: a name and what follows it; but 定海神针 is a word.
    (word) =>
      !names.has(word) &&
      word.length > 2 &&
      (large.has(word.slice(0, 2)) || (word.length === 3 && sure.has(word.slice(0, 2)))),
    names,
    W.words.name,
  );

  const ranks = terms.map((term) => rankOf(term, home));
  const known: Names = {
    isPlace: (name) => places.has(name),
    endOfTerm: (text, start) => longestAt(trie, text, start)?.end ?? start,
  };

  const choice: Choice = {
    rank: (term) => ranks[term] ?? 0,
    mayFail: (term) => isUnsure(terms[term] as Term),
    stands: ({ term, start, end }, text, crossed) =>
      standsAsWord(text, start, end) &&
      (standsUnchecked(terms[term] as Term, crossed) || standsAlone(lexicon, text, start, end)),
  };
  const read = (field: TextField, raw: string): readonly Mention[] => {
    const folded = fold(raw.slice(0, W.reach.characters));
    // Many texts name no place: nothing to blank, nothing to choose.
    if (!hasTerm(trie, folded)) return NONE;
    const text = blankForms(folded, known, excluded);
    const mentions: Mention[] = [];
    for (const chosen of scan(trie, text, choice))
      if (terms[chosen.term]?.strength !== 'block') mentions.push(asMention(terms, field, text, chosen, chosen.losers));
    return mentions;
  };

  const classify = (doc: ClassifierInput): Classification => {
    const summary = doc.summary.slice(0, W.reach.characters);
    const opened = readOpening(summary);
    const lead = withoutCaptions(withoutOpeningWithin(doc, summary.slice(opened?.length ?? 0)));
    const body = bodyBeyond(lead, withoutOpening(doc.text, doc.opening));
    const fields: readonly (readonly [TextField, string])[] = [
      ['title', doc.title],
      ['summary', lead],
      ['text', body],
      ['category', doc.categories.join('\n')],
      ['dateline', doc.opening?.place ?? opened?.place ?? ''],
      ['outlet', doc.outlet ?? ''],
      ['feed', [doc.feedTitle, doc.sourceName].filter(Boolean).join('\n')],
    ];
    const mentions = withoutOwners(fields.flatMap(([field, text]) => (text === '' ? NONE : read(field, text))));
    const local = doc.sourceRegion ? findRegion(gazetteer, doc.sourceRegion, home) : null;
    const resolved = resolveMentions(mentions, local, home);
    const ofText = resolved.filter(({ field }) => !OF_OUTLET.has(field));
    const outletPlace = local && ofText.length === 0 ? placeOutlet(resolved, local, doc.title, lead) : null;
    const hits = rankHits(ofText, doc.title, home, outletPlace);
    const met = exclusions.filter(([folded]) =>
      fields.some(([, text]) => fold(text.slice(0, W.reach.characters)).includes(folded)),
    );
    return met.length === 0 ? hits : { ...hits, excluded: met.map(([, phrase]) => phrase) };
  };
  const placeNamed = (name: string): string | null => {
    const [first] = resolveMentions(read('feed', name), null, home);
    return first?.codes.length === 1 ? (first.codes[0] ?? null) : null;
  };
  return { classify, placeNamed };
}

/** Which of two overlapping terms of one length is meant: sure places at home before doubtful ones and those far away. */
function rankOf({ strength, codes }: Term, home: Home): number {
  const sure = strength === 'sure' ? 2 : 0;
  return sure + (codes.some((code) => liesInAny(code, home)) ? 1 : 0);
}

const NONE: readonly never[] = [];

function asMention(
  terms: readonly Term[],
  field: TextField,
  text: string,
  { term, start, end }: Match,
  losers: readonly Match[],
): Mention {
  const instead = losers.length === 0 ? NONE : losers.map((loser) => asMention(terms, field, text, loser, NONE));
  return { term: terms[term] as Term, field, start, end, text, instead };
}

/** Names that say where the outlet is, not what the text is about; they only tell apart what the text itself names. */
const OF_OUTLET: ReadonlySet<TextField> = new Set(['outlet', 'feed']);

/**
 * Longer names stand where they are found, short ones and those that another name crosses (肥城市 in 合肥城市) only where
 * the words around them leave them whole. A phrase that means no place is known as a whole, and so is a very long name.
 */
function standsUnchecked({ text, strength }: Term, crossed: boolean): boolean {
  if (text.length > LONGEST_WORD) return true;
  if (strength === 'block') return text.length > 2 || !crossed;
  return text.length > 2 && !crossed;
}

/** `lead` without the words of an opening that stands within the text, which a summary made from the text has too. */
function withoutOpeningWithin({ text, opening }: ClassifierInput, lead: string): string {
  const { start, length } = opening ?? { start: 0, length: 0 };
  return start === 0 ? lead : lead.replace(text.slice(start, start + length).trim(), '');
}

/** What the body says beyond the summary: feeds often give the body's beginning as the summary, dateline or not. */
function bodyBeyond(lead: string, text: string): string {
  const start = lead.trimStart();
  const probe = start.slice(0, W.reach.probe);
  const at = probe === '' ? -1 : text.slice(0, W.reach.preface + W.reach.probe).indexOf(probe);
  const from = at < 0 ? 0 : at + start.length;
  return withoutCaptions(text.slice(from, from + W.reach.characters));
}

function ownTerms({ terms, groups, home }: RegionsConfig): readonly Term[] {
  const gazetteer = loadGazetteer();
  return terms
    .filter(({ term }) => term.trim() !== '')
    .map(({ term, region, weight }) => {
      const group = Object.hasOwn(groups, region);
      const { codes } = expandRegions(gazetteer, [region], { groups, home });
      return {
        text: fold(term.trim()),
        label: term,
        strength: 'sure',
        weight,
        codes: [...codes],
        oneOf: false,
        prior: null,
        theme: group ? region : null,
        cues: 'none',
        division: false,
      } as const;
    });
}

/** Turns the division list and the hand-written term files into one list of terms, each with what it stands for. */
import { readFileSync } from 'node:fs';
import { fold } from '../../zh/script.ts';
import { liesIn, liesInAny, provinceOf } from '../../divisions/codes.ts';
import { findRegion, type Home, loadGazetteer, type Place } from '../../divisions/gazetteer.ts';
import { latinTerms } from './latin.ts';
import type { Strength, Term } from './term.ts';

export const TERM_FILES = [
  'names.txt',
  'anhui.txt',
  'shanghai.txt',
  'jiangsu.txt',
  'zhejiang.txt',
  'delta.txt',
  'elsewhere.txt',
  'english.txt',
] as const;

/** Names in English have spaces of their own. */
const SEPARATORS: Readonly<Record<string, RegExp>> = { 'english.txt': /; ?/ };

/** Theme of places outside China, which argue against every region. */
export const ABROAD = '境外';

interface Line {
  readonly head: string;
  readonly terms: readonly string[];
  readonly at: string;
}

/**
 * Lines `head: term term …`, with further terms of the same head on indented lines below; `#` opens a comment. Throws
 * where a line has another form: it is a defect of the data.
 */
export function readTermFile(file: string): readonly Line[] {
  const lines: Line[] = [];
  let head = '';
  readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .forEach((raw, index) => {
      const line = raw.replace(/#.*/, '').trimEnd();
      if (line === '') return;
      const at = `${file}:${index + 1}`;
      const parts = /^(?:([^:\s][^:]*):)?\s+(\S.*)$/.exec(line);
      head = parts?.[1] ?? head;
      if (!parts || head === '') throw new Error(`${at}: expected "place: term term …"`);
      lines.push({ head, terms: (parts[2] ?? '').split(SEPARATORS[file] ?? /\s+/), at });
    });
  return lines;
}

const MARKS: Readonly<Record<string, Strength>> = { '?': 'doubtful', '~': 'weak', '!': 'sure' };

/** The terms of the last home asked for: a change of the config rarely changes it. */
let loaded: { readonly home: string; readonly terms: readonly Term[] } | undefined;

/** All terms, as surely as they are read at `home`; later ones overrule earlier ones of the same text. */
export function loadTerms(home: Home): readonly Term[] {
  const key = home.join();
  if (loaded?.home !== key) loaded = { home: key, terms: collectTerms(home) };
  return loaded.terms;
}

function collectTerms(home: Home): readonly Term[] {
  const terms = new Map<string, Term>();
  const put = (term: Term): void => void terms.set(term.text, term);
  divisionTerms(home).forEach(put);
  for (const file of TERM_FILES) {
    // What the names of counties are worth stands in the file before.
    if (file === 'english.txt')
      latinTerms(home, ({ short }) => terms.get(fold(short))?.strength === 'sure').forEach(put);
    for (const line of readTermFile(file)) {
      for (const word of line.terms) applyWord(terms, put, line, word, home);
    }
  }
  return [...terms.values()];
}

function applyWord(
  terms: ReadonlyMap<string, Term>,
  put: (term: Term) => void,
  { head, at }: Line,
  word: string,
  home: Home,
): void {
  const { label, strength } = readMark(word);
  const text = fold(label);
  if (text === '') throw new Error(`${at}: a mark without a term`);
  const [kind = '', group = '', members = ''] = head.split(' ');
  const known = terms.get(text);
  const plain = {
    text,
    label,
    strength,
    codes: [],
    oneOf: false,
    prior: null,
    theme: null,
    cues: 'none',
    division: false,
    weight: strength === 'weak' ? null : 1,
  } as const;
  if (kind === 'sure' || kind === 'doubtful' || kind === 'vague' || kind === 'word' || kind === 'prior') {
    if (!known?.division) throw new Error(`${at}: ${label} is no name of a division`);
    if (kind === 'prior') put({ ...known, prior: placeCode(group, at) });
    else if (kind === 'vague') put({ ...known, strength: 'doubtful', cues: 'bodies' });
    else put({ ...known, strength: kind === 'word' ? 'block' : kind });
  } else if (kind === 'block') {
    put({ ...plain, strength: 'block' });
  } else if (kind === 'theme') {
    put({ ...plain, codes: placeCodes(members, at), theme: group });
  } else {
    const codes = placeCodes(head, at).map((code) => countyNamed(text, code));
    const oneOf = head.includes('|');
    const term: Term = { ...plain, codes, oneOf, prior: oneOf ? (codes[0] ?? null) : null };
    put(known ? mergeTerms(known, term, home) : term);
  }
}

/**
 * 句容茅山 under 镇江市 is in 句容市, 北仑港 under 宁波市 in 北仑区: the county that a term begins with, where it has one.
 * 淮安发布 under 淮安市 begins with the city, though 淮安区 has the same short name.
 */
function countyNamed(text: string, code: string): string {
  const { byName, byCode } = loadGazetteer();
  const above = byCode.get(code);
  // 杭州西湖 and 六安市金安区 are the districts.
  for (const name of above ? [fold(above.name), fold(above.short)] : []) {
    const rest = text.startsWith(name) ? (byName.get(text.slice(name.length)) ?? []) : [];
    const below = rest.filter((place) => place.code !== code && liesIn(place.code, code));
    if (below.length === 1) return below[0]?.code ?? code;
  }
  for (let size = Math.min(text.length - 1, 6); size >= 2; size--) {
    const named = byName.get(text.slice(0, size)) ?? [];
    if (named.some((place) => place.code === code)) return code;
    const inside = named.filter((place) => place.level === 'county' && place.parent === code);
    if (inside.length === 1) return inside[0]?.code ?? code;
  }
  return code;
}

const placeCodes = (names: string, at: string): readonly string[] =>
  names
    .split(/[+|]/)
    .filter((name) => name.trim() !== '')
    .map((name) => placeCode(name.trim(), at));

/**
 * A name given to several places means one of them. A division's short name that stands under a place means the
 * division within it (`杭州市: !西湖`), or that place too (`合肥市: ?滨湖`, else a district of 无锡).
 */
function mergeTerms(known: Term, term: Term, home: Home): Term {
  const strength = term.strength === 'sure' ? 'sure' : 'doubtful';
  const within = known.codes.filter((code) => term.codes.some((above) => liesIn(code, above)));
  if (known.division) {
    const full = known.codes.some((code) => loadGazetteer().byCode.get(code)?.name === known.label);
    if (full) return known;
    if (within.length > 0)
      return strength === 'sure' ? { ...known, codes: within, oneOf: within.length > 1, strength } : known;
  }
  if (known.division && known.strength === 'sure' && known.codes.some((code) => liesInAny(code, home))) return known;
  const codes = [...new Set([...known.codes, ...term.codes])];
  if (codes.length === known.codes.length || (!known.division && within.length === known.codes.length))
    return { ...known, strength };
  const inside = term.codes.filter((code) => known.codes.some((above) => liesIn(code, above)));
  if (inside.length === term.codes.length) return term;
  // 象山 is 象山县 before it is a hill in 镇江.
  const prior = known.prior ?? (known.division && known.codes.length === 1 ? (known.codes[0] ?? null) : null);
  return { ...known, codes, oneOf: true, strength: 'doubtful', prior };
}

const SHORT = 2;

/** `?滨湖`, `~讯飞`, `!沪上`, `滨湖_合肥`: the mark, and the term without it. A term of two characters is doubtful unless marked. */
function readMark(word: string): { readonly label: string; readonly strength: Strength } {
  const mark = MARKS[word[0] ?? ''];
  const [bare = '', aside] = (mark ? word.slice(1) : word).split('_');
  if (aside !== undefined) return { label: bare, strength: 'doubtful' };
  return { label: bare, strength: mark ?? (bare.length <= SHORT ? 'doubtful' : 'sure') };
}

/** What the heads of the files mean, each looked up once: many lines have the same. */
const codesByName = new Map<string, string>();

function placeCode(name: string, at: string): string {
  const known = codesByName.get(name);
  if (known !== undefined) return known;
  // The files name their places so that no home need tell two of one name apart.
  const place = findRegion(loadGazetteer(), name, []);
  if (!place) throw new Error(`${at}: no place "${name}"`);
  codesByName.set(name, place.code);
  return place.code;
}

function divisionTerms(home: Home): readonly Term[] {
  const terms: Term[] = [];
  for (const [text, found] of loadGazetteer().byName) {
    const meant = likelyMeant(found);
    const [first] = meant;
    if (!first) continue;
    const full = meant.every(({ name }) => fold(name) === text);
    const strength = full || !meant.every((place) => isDoubtfulShort(place, home)) ? 'sure' : 'doubtful';
    terms.push({
      text,
      label: full ? first.name : first.short,
      strength: text.length === 1 ? 'block' : strength,
      codes: meant.map(({ code }) => code),
      oneOf: meant.length > 1,
      prior: null,
      theme: null,
      weight: 1,
      cues: 'any',
      division: true,
    });
  }
  return terms;
}

/** A province overrules whatever shares its name; a city overrules counties of its own province. */
function likelyMeant(found: readonly Place[]): readonly Place[] {
  if (found[0]?.level === 'province') return found.slice(0, 1);
  const cities = found.filter(({ level }) => level === 'city');
  return found.filter(
    ({ level, code }) => level === 'city' || !cities.some((city) => provinceOf(city.code) === provinceOf(code)),
  );
}

/** Short names of districts are everyday words (南山, 鼓楼); so may be those of counties far away. */
function isDoubtfulShort({ level, name, code }: Place, home: Home): boolean {
  return level === 'county' && (name.endsWith('区') || !liesInAny(code, home));
}

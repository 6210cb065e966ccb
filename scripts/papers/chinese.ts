/** Writes the tables of characters and of Taiwan's words that src/zh/ reads, so that the program need not load OpenCC for them. */
import { createRequire } from 'node:module';
import { Converter, ConverterFactory, type DictLike, Locale } from 'opencc-js';
import { fold } from '../../src/zh/script.ts';

type Convert = (text: string) => string;

const { version } = createRequire(import.meta.url)('../../node_modules/opencc-js/package.json') as {
  readonly version: string;
};
const SOURCE = `OpenCC's dictionaries (Apache-2.0) in npm opencc-js ${version} (MIT). Made by \`npm run docs\`.`;

const FIRST_IDEOGRAPH = 0x3400;
const LAST_IDEOGRAPH = 0x9fff;
const IDEOGRAPHS = Array.from({ length: LAST_IDEOGRAPH - FIRST_IDEOGRAPH + 1 }, (_, at) =>
  String.fromCharCode(FIRST_IDEOGRAPH + at),
);

/** Every ideograph by itself; in one go, for a call costs more than a character. */
function convertEach(convert: Convert): readonly string[] {
  return convert(IDEOGRAPHS.join('\n')).split('\n');
}

/**
 * OpenCC's chain from the Mainland's characters to Taiwan's without its phrases, which never begin where a character
 * stands by itself.
 */
function characterToHant(): Convert {
  const chain = [...(Locale.from['cn'] ?? []), ...(Locale.to['tw'] ?? [])];
  return ConverterFactory(...chain.map((group) => group.map(singleCharacters)));
}

/** The entries for one UTF-16 unit of a dictionary, which is a list of pairs or one written `a b|c d`. */
function singleCharacters(dictionary: DictLike): DictLike {
  const entries = typeof dictionary === 'string' ? dictionary.split('|').map((entry) => entry.split(' ')) : dictionary;
  return entries.flatMap(([from = '', to = '']) => (from.length === 1 ? [[from, to] as const] : []));
}

/** src/zh/data/characters.tsv: two lines of names and characters. */
export function writeCharacters(): string {
  const simplified = convertEach(Converter({ from: 't', to: 'cn' }));
  const traditional = convertEach(characterToHant());
  const pairs: string[] = [];
  const hans: string[] = [];
  IDEOGRAPHS.forEach((character, at) => {
    const plain = simplified[at] ?? '';
    if (plain !== character) {
      pairs.push(character + (plain.length === 1 ? plain : character));
    } else if (traditional[at] !== character) hans.push(character);
  });
  return [
    `# Characters of one script, by ${SOURCE}`,
    '# hant: Traditional characters, each before its Simplified one; before itself where that is no single UTF-16 unit. hans: Simplified ones that are none of the other script.',
    `hant\t${pairs.join('')}`,
    `hans\t${hans.join('')}`,
    '',
  ].join('\n');
}

/** src/zh/data/taiwanwords.tsv: folded words of Taiwan and the mainland's for the same thing, the likelier pair first. */
export function writeTaiwanWords(): string {
  const words = new Map<string, string>();
  const add = (taiwan: string, mainland: string) => {
    const [from, to] = [fold(taiwan), fold(mainland)];
    if (from.length > 1 && from !== to && !words.has(from)) words.set(from, to);
  };
  for (const [taiwan, mainland] of phrases(Locale.from.twp)) add(taiwan, mainland);
  for (const [mainland, taiwan] of phrases(Locale.to.twp)) add(taiwan, mainland);
  return [
    `# Words of Taiwan and the mainland's for the same, folded, by ${SOURCE}`,
    ...[...words].map(([from, to]) => `${from}\t${to}`),
    '',
  ].join('\n');
}

/** The first list of a preset: its phrases, written `a b|c d`. */
function phrases(preset: unknown): readonly (readonly [string, string])[] {
  const first: unknown = Array.isArray(preset) ? (preset as unknown[])[0] : undefined;
  const lists: unknown[] = Array.isArray(first) ? (first as unknown[]) : [first];
  const [words] = lists;
  if (typeof words !== 'string') throw new Error('opencc-js keeps its phrases in another form');
  return words.split('|').flatMap((pair) => {
    const [from, to] = pair.split(' ');
    return from === undefined || to === undefined ? [] : [[from, to] as const];
  });
}

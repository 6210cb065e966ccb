/** Judges two drafts by the verdict alone, without keys, and makes the texts that its tests are about. */
import { expect, it } from 'vitest';
import { article, exchange, join } from '../../../eval/stories/made.ts';
import { readEvidence } from '../../../src/story/keys/evidence.ts';
import { fingerprint } from '../../../src/story/keys/fingerprint.ts';
import { compare, type Verdict } from '../../../src/story/verdict/compare.ts';
import { DAY_MS, type Draft, NOW, write } from '../write.ts';

export function judge(one: Draft, other: Draft): Verdict {
  const [a, b] = [one, other].map((draft) => readEvidence(fingerprint(write(draft)).evidence));
  if (!a || !b) throw new Error('no evidence');
  return compare(a, one.published ?? NOW, b, other.published ?? NOW);
}

/** `apart` keeps their stories apart as well. A headline alone stands for an entry without a text. */
export type Case = readonly [
  name: string,
  one: string | Draft,
  other: string | Draft,
  gives: 'same' | 'other' | 'apart',
  code: string,
];

/** Whichever comes first, the verdict is the same. */
export function hold(cases: readonly Case[]): void {
  const draft = (one: string | Draft): Draft => (typeof one === 'string' ? { title: one } : one);
  it.each(cases)('%s', (_, one, other, gives, code) => {
    for (const { same, apart, reason } of [judge(draft(one), draft(other)), judge(draft(other), draft(one))]) {
      expect({ same, apart, code: reason.code }).toEqual({ same: gives === 'same', apart: gives === 'apart', code });
    }
  });
}

export const later = (draft: Draft, days: number): Draft => ({ ...draft, published: NOW + days * DAY_MS });
export const from = (source: string, draft: Draft): Draft => ({ ...draft, source });

/** An article of some length, its headline beside it. */
export const { title, sentences } = article(5, true);
export const text = join(sentences);

const numberless = (all: readonly string[]) =>
  all.map((one) => one.replace(/[\d一二三四五六七八九十两百千万半]+/g, ''));
const bare = numberless(sentences);
/** The article without numbers, so that words alone decide. */
export const words = join(bare);
/** Of these words a share at the beginning is another text’s. */
export const begunAnew = (share: number): string => join(numberless(exchange(bare, share, 3)));
/** Of these words a share at the end is another text’s. */
export const endedAnew = (share: number): string =>
  join(numberless(exchange(bare.toReversed(), share, 3).toReversed()));

/** What stands between two shares of it. */
export const part = (start: number, end: number): string => words.slice(words.length * start, words.length * end);
/** So many characters of another article. */
export const aside = (length: number): string =>
  numberless(article(9, true).sentences).slice(3).join('').slice(0, length);

/** Two halves of a headline in either order, and headlines that share a beginning and an end. */
export const TURNED = ['巢湖渔民上岸学手艺 竹编卖到海外', '竹编卖到海外 巢湖渔民上岸学手艺'] as const;
export const CHANGED = ['巢湖渔民上岸学会竹编手艺', '巢湖渔民上岸靠着竹编手艺'] as const;
export const OTHER = '一间作坊和六个徒弟';

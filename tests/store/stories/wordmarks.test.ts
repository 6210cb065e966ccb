/** Marks lead to every text that has a word, and to few others. */
import { expect, it } from 'vitest';
import { randomNumbers } from '../../../src/demo/random.ts';
import { CHUNK_BYTES, markStory, marksOfWords } from '../../../src/store/stories/wordmarks.ts';
import { hasWholeWord } from '../../../src/text/wholeword.ts';

/** Whether a text has all marks of a word, as the index would say. */
function isCandidate(text: string, word: string): boolean {
  const bits = Buffer.alloc(CHUNK_BYTES);
  markStory(bits, 5, text);
  return marksOfWords([word]).every((mark) => bits.readUInt32BE(4 * mark) !== 0);
}

it('every text that has a word has its marks', () => {
  const next = randomNumbers(7);
  const signs = Array.from('合肥市高铁茶ai5g17é٣-+.（）𝒜 \n');
  const draw = (most: number) =>
    Array.from({ length: 1 + Math.floor(next() * most) }, () => signs[Math.floor(next() * signs.length)]).join('');
  let had = 0;
  for (let n = 0; n < 20_000; n++) {
    const [text, word] = [draw(40), draw(4).replaceAll(/\s/g, '')];
    if (!hasWholeWord(text, word)) continue;
    had++;
    expect([text, word, isCandidate(text, word)]).toEqual([text, word, true]);
  }
  expect(had).toBeGreaterThan(1_000);
});

it.each([
  ['ai', 'shanghai 的 email 与 aids'],
  ['17', '2017年，第170号，2.175 亿元，1 月 7 日'],
  ['5g', '15g，5gb'],
  ['第17届', '第170届，第1届，17日，届'],
])('Latin words and numbers are found as wholes: %s not by %s', (word, text) => {
  expect(isCandidate(text, word)).toBe(false);
});

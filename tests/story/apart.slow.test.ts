/** Thousands of entries of random characters: nothing is alike, so that nothing may join. */
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../src/story/keys/fingerprint.ts';
import { createStoryMemory } from '../../src/story/memory.ts';
import { NOW, random, write } from './write.ts';

describe('random entries', () => {
  const CHARACTERS =
    '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经';

  it.each([
    ['with a text', 120],
    ['with a line', 20],
    ['without a text', 0],
  ])('stay stories of their own: %s', (_, length) => {
    const next = random(length + 1);
    const words = (count: number) => {
      let text = '';
      for (let i = 1; i <= count; i++)
        text += CHARACTERS.charAt(Math.floor(next() * CHARACTERS.length)) + (i % 17 === 0 ? '，' : '');
      return text;
    };
    const memory = createStoryMemory();
    const stories = new Set<string>();
    for (let feed = 0; feed < 30; feed++)
      for (let item = 0; item < 100; item++) {
        const entry = write({ source: `feed-${feed}`, title: `${words(14)} ${feed}-${item}`, text: words(length) });
        stories.add(memory.add(`${feed}/${item}`, fingerprint(entry), NOW).story);
      }
    expect(stories.size).toBe(3000);
  });
});

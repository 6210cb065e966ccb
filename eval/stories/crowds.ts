/** Four entries: two standing stories become one where a second source says so, too; what one says alone is a bridge. */
import type { Case } from './case.ts';
import { article, AT, type Draft, join } from './made.ts';

const halves = (seed: number) => {
  const { title, sentences } = article(seed, true);
  const middle = Math.ceil(sentences.length / 2);
  return { title, sentences, first: sentences.slice(0, middle), second: sentences.slice(middle) };
};

function bridges(): readonly Case[] {
  return [1, 2, 3, 4, 5, 6].flatMap((seed) => {
    const { title, sentences, first, second } = halves(seed + 60);
    const whole: Draft = { title, text: join(sentences), published: AT };
    return [
      {
        name: `two halves and the whole, twice ${seed}`,
        drafts: [
          { title: `上半：${title.slice(0, 5)}`, text: join(first) },
          { title: article(seed + 70).title, text: join(second) },
          whole,
          { ...whole },
        ],
        stories: 'aaaa',
      },
      {
        name: `a headline, a text and both, twice ${seed}`,
        drafts: [{ title }, { title: article(seed + 80).title, text: join(sentences) }, whole, { ...whole }],
        stories: 'aaaa',
      },
    ];
  });
}

export const CROWDS: readonly Case[] = bridges();

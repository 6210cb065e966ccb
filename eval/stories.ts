/** Labelled entries for the story room: which of them tell one story? */
import { readFileSync } from 'node:fs';
import { fingerprint } from '../src/story/keys/fingerprint.ts';
import type { Fingerprint } from '../src/model/story.ts';
import { createStoryMemory } from '../src/story/memory.ts';
import { T } from '../src/story/verdict/thresholds.ts';
import type { EvalSet, Outcome } from './outcome.ts';
import { CROWDS } from './stories/crowds.ts';
import { different } from './stories/different.ts';
import type { Case } from './stories/case.ts';
import { AT, type Draft } from './stories/made.ts';
import { longer, mirrored, same } from './stories/same.ts';
import { RELATED, type RelatedCase } from './stories/related.ts';
import { TITLES } from './stories/titles.ts';

/** Of `stories/headlines.tsv`. */
function headlines(): readonly Case[] {
  return readFileSync(new URL('stories/headlines.tsv', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): Case => {
      const [label = '', kind = '', one = '', other = ''] = line.split('\t');
      return {
        name: `${label}: ${kind}: ${one} / ${other}`,
        drafts: [{ title: one }, { title: other }],
        stories: label === 'same' ? 'aa' : 'ab',
      };
    });
}

let keptUnder = '';
let kept = new Map<Draft, Fingerprint>();

/** Fingerprints change with the numbers of keys only. */
function printOf(draft: Draft, place: number): Fingerprint {
  const numbers = JSON.stringify([T.keys, T.title.least, T.text.least, T.related.topics]);
  if (numbers !== keptUnder) [keptUnder, kept] = [numbers, new Map()];
  const known = kept.get(draft);
  if (known !== undefined) return known;
  const print = fingerprint({
    source: `source-${place}`,
    link: `https://news${place}.example/${place}.html`,
    title: '',
    text: '',
    summary: '',
    published: AT,
    ...draft,
  });
  kept.set(draft, print);
  return print;
}

function arrive({ name, drafts, stories }: Case, order: readonly number[]): Outcome[] {
  const memory = createStoryMemory();
  for (const place of order) {
    const draft = drafts[place];
    if (draft !== undefined) memory.add(`${place}`, printOf(draft, place), AT);
  }
  return drafts.flatMap((_, a) =>
    drafts.slice(a + 1).map((__, i) => {
      const b = a + 1 + i;
      return {
        item: `${name} ${order[0] === 0 ? `${a}, ${b}` : `${b}, ${a}`}`,
        want: stories[a] === stories[b],
        got: memory.storyOf(`${a}`) === memory.storyOf(`${b}`),
      };
    }),
  );
}

function storySet(name: string, make: () => readonly Case[]): EvalSet {
  let cases: readonly Case[] | undefined;
  return {
    name,
    room: 'story',
    run: () => ({
      outcomes: (cases ??= make()).flatMap((one) => {
        const order = one.drafts.map((_, place) => place);
        return arrive(one, order).concat(arrive(one, order.toReversed()));
      }),
    }),
  };
}

/** Copies are no related stories, and count neither way. */
function arriveLast({ name, drafts, want }: RelatedCase): Outcome[] {
  const memory = createStoryMemory();
  const added = drafts.map((draft, place) => memory.add(`${place}`, printOf(draft, place), draft.published ?? AT));
  const last = added.at(-1);
  return want.flatMap((wanted, place) => {
    if (memory.storyOf(`${place}`) === last?.story) return [];
    const got = last?.related.some(({ story }) => story === memory.storyOf(`${place}`)) === true;
    return [{ item: `${name} ${place}`, want: wanted, got }];
  });
}

const RELATED_SET: EvalSet = {
  name: 'stories related',
  room: 'story',
  run: () => ({ outcomes: RELATED.flatMap(arriveLast) }),
};

export const STORY_SETS: readonly EvalSet[] = [
  storySet('stories made', () => [...same(), ...mirrored(), ...different()]),
  storySet('stories long', longer),
  storySet('stories titles', () => TITLES),
  storySet('stories headlines', headlines),
  storySet('stories crowds', () => CROWDS),
  RELATED_SET,
];

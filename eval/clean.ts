/** Labelled items for the clean room: the pages with reviewed results of the tests, and items made in many sizes. */
import { readdirSync, readFileSync } from 'node:fs';
import { fields } from './clean/fields.ts';
import { clean } from './clean/made.ts';
import { texts } from './clean/texts.ts';
import type { EvalSet, Outcome } from './outcome.ts';

const PAGES = new URL('../tests/fixtures/clean/pages/', import.meta.url);
const RESULTS = new URL('../tests/golden/clean/pages/', import.meta.url);

interface Page {
  readonly name: string;
  readonly content: string;
  readonly title: string;
  /** Lines that its article has. */
  readonly text: readonly string[];
  /** Beginnings of lines that were taken out, without the names of their rules. */
  readonly removed: readonly string[];
}

let pages: readonly Page[] | undefined;

function readPages(): readonly Page[] {
  return readdirSync(PAGES).map((name) => {
    const result = JSON.parse(readFileSync(new URL(`${name}.json`, RESULTS), 'utf8')) as Page;
    return {
      name,
      content: readFileSync(new URL(name, PAGES), 'utf8'),
      title: result.title,
      text: result.text,
      removed: result.removed.map((line) => line.slice(line.indexOf(': ') + 2)).filter((line) => line.length >= 4),
    };
  });
}

/** One answer for the title, one for each line that stays or goes. */
function answersOf({ name, content, title, text, removed }: Page): readonly Outcome[] {
  const { entry } = clean({ id: name, link: `https://news.example.com/${name}`, content });
  const lines = entry.text.split('\n');
  const gone = removed.filter((line) => !text.some((stays) => stays.startsWith(line)));
  return [
    { item: `${name} title`, want: true, got: entry.title === title },
    ...text.map((line, at) => ({ item: `${name} line ${at}`, want: true, got: lines.includes(line) })),
    ...gone.map((line, at) => ({
      item: `${name} without ${at}`,
      want: false,
      got: lines.some((other) => other.startsWith(line)),
    })),
  ];
}

export const CLEAN_SETS: readonly EvalSet[] = [
  { name: 'pages', room: 'clean', run: () => ({ outcomes: (pages ??= readPages()).flatMap(answersOf) }) },
  { name: 'texts made', room: 'clean', run: () => ({ outcomes: texts() }) },
  { name: 'fields made', room: 'clean', run: () => ({ outcomes: fields() }) },
];

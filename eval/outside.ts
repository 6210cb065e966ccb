/** Labelled news that is not ours to keep: a folder with region.tsv and neardup.jsonl, read where EVAL names it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fingerprint } from '../src/story/keys/fingerprint.ts';
import { createStoryMemory } from '../src/story/memory.ts';
import type { EvalSet } from './outcome.ts';
import { isAboutDelta } from './region.ts';

type Row = Readonly<Record<string, string | undefined>>;

function readTsv(file: string): readonly Row[] {
  const [head = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const names = head.split('\t');
  return rows.map((row) => Object.fromEntries(row.split('\t').map((value, i) => [names[i] ?? '', value])));
}

function regionSet(folder: string): EvalSet {
  const rows = readTsv(join(folder, 'region.tsv')).filter(({ relevant }) => relevant !== 'B');
  return {
    name: `${basename(folder)} region`,
    room: 'region',
    run: () => ({
      outcomes: rows.map(({ title = '', summary = '', relevant }) => ({
        item: title,
        want: relevant === 'Y',
        got: isAboutDelta({ title, summary }),
      })),
    }),
  };
}

function storySet(folder: string): EvalSet {
  const lines = readFileSync(join(folder, 'neardup.jsonl'), 'utf8').trim().split('\n');
  const records = lines.map((line) => JSON.parse(line) as Row);
  const apart = readTsv(join(folder, 'neardup_negative_pairs.tsv')).map(
    ({ id_a, id_b }) => [id_a, id_b, false] as const,
  );
  const same = records.flatMap(({ id, group }, i) =>
    records.slice(i + 1).flatMap((other) => (group && other.group === group ? [[id, other.id, true] as const] : [])),
  );
  return {
    name: `${basename(folder)} stories`,
    room: 'story',
    run: () => {
      const memory = createStoryMemory();
      for (const { id = '', title = '', summary = '', content = '', url, published = '', source = '' } of records) {
        const at = Date.parse(published);
        const time = Number.isNaN(at) ? null : at;
        const entry = { title, summary, text: content, link: url ?? null, source, published: time };
        memory.add(id, fingerprint(entry), time ?? 0);
      }
      return {
        outcomes: [...same, ...apart].map(([a = '', b = '', want]) => ({
          item: `${a} ${b}`,
          want,
          got: memory.storyOf(a) === memory.storyOf(b),
        })),
      };
    },
  };
}

/** The sets of `folder`, and of the folders in it. Throws where there are none. */
export function outsideSets(folder: string): readonly EvalSet[] {
  const inside = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory());
  const folders = [folder, ...inside.map(({ name }) => join(folder, name))];
  const having = (file: string) => folders.filter((each) => existsSync(join(each, file)));
  const sets = [...having('region.tsv').map(regionSet), ...having('neardup.jsonl').map(storySet)];
  if (sets.length === 0) throw new Error(`${folder} has no region.tsv or neardup.jsonl, nor has a folder in it`);
  return sets;
}

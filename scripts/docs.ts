/** Writes what is made from other tables: the papers in docs/, the schemas in config/, the characters in src/zh/data/. `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { FILE_NAMES } from '../src/config/filenames.ts';
import { jsonSchema } from '../src/config/schema/schema.ts';
import { writeCharacters, writeTaiwanWords } from './papers/chinese.ts';
import { writeConfigPaper } from './papers/config.ts';
import { writeReasonsPaper } from './papers/reasons.ts';
import { writeRulesPaper } from './papers/rules.ts';

const PAPERS: Readonly<Record<string, () => string>> = {
  'config.md': () => writeConfigPaper('en'),
  'config.zh-CN.md': () => writeConfigPaper('zh'),
  'reasons.md': writeReasonsPaper,
  'rules.md': writeRulesPaper,
};

for (const [name, write] of Object.entries(PAPERS)) writeFileSync(new URL(`../docs/${name}`, import.meta.url), write());
for (const name of FILE_NAMES) {
  const path = new URL(`../config/${name.replace('.yaml', '.schema.json')}`, import.meta.url);
  writeFileSync(path, `${JSON.stringify(jsonSchema(name), null, 2)}\n`);
}
// The words are folded by the characters.
for (const [name, write] of [
  ['characters', writeCharacters],
  ['taiwanwords', writeTaiwanWords],
] as const)
  writeFileSync(new URL(`../src/zh/data/${name}.tsv`, import.meta.url), write());

/** Writes what is made from tables of the program, the papers in docs/ and the schemas in config/: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { FILE_NAMES } from '../src/config/filenames.ts';
import { jsonSchema } from '../src/config/schema/schema.ts';
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

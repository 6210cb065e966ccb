/** Writes the papers in docs/ that are made from tables of the program: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { writeReasonsPaper } from './papers/reasons.ts';
import { writeRulesPaper } from './papers/rules.ts';

const PAPERS: Readonly<Record<string, () => string>> = {
  'reasons.md': writeReasonsPaper,
  'rules.md': writeRulesPaper,
};

for (const [name, write] of Object.entries(PAPERS)) writeFileSync(new URL(`../docs/${name}`, import.meta.url), write());

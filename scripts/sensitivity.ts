// Moves every deciding number by a fifth down and up and says which labelled items notice: `npm run sensitivity`.
// Writes eval/sensitivity.json and docs/numbers.md, but not where words choose numbers (`npm run sensitivity region.field`).
// EVAL names a folder of further labelled news (region.tsv, neardup.jsonl): its changes are printed, and written nowhere.
import { writeFileSync } from 'node:fs';
import { outsideSets } from '../eval/outside.ts';
import { NUMBERS } from '../eval/numbers.ts';
import { scoreOf } from '../eval/outcome.ts';
import { tellMove, writeDown, writePage } from '../eval/report.ts';
import { answer, isNoticed, measure, type Measured } from '../eval/sensitivity.ts';
import { SETS } from '../eval/sets.ts';

const wanted = process.argv.slice(2);
const numbers = NUMBERS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
const rooms = new Set(numbers.map(({ room }) => room));
const outside = process.env.EVAL === undefined ? [] : outsideSets(process.env.EVAL);
const base = answer([...SETS, ...outside].filter(({ room }) => rooms.has(room)));

const sets = [...base].map(([{ name }, { outcomes }]) => {
  const { precision, recall } = scoreOf(outcomes);
  return `${name}: ${outcomes.length} answers, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`;
});
console.log(`${sets.join('\n')}\n`);

const progress = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
};
const all: Measured[] = [];
for (const [at, number] of numbers.entries()) {
  progress(`${at + 1}/${numbers.length} ${number.name}`);
  const measured = measure(number, base);
  all.push(measured);
  progress('');
  const { name, deciding } = number;
  console.log(`${name} ${deciding.value}\n    ${tellMove(measured.down)}\n    ${tellMove(measured.up)}`);
}
const silent = all.filter((one) => !isNoticed(one)).map(({ number }) => number.name);
console.log(`\n${silent.length === 0 ? 'none is without effect' : `without effect: ${silent.join(', ')}`}`);

if (wanted.length === 0 && outside.length === 0) {
  writeFileSync(new URL('../eval/sensitivity.json', import.meta.url), `${JSON.stringify(writeDown(all), null, 2)}\n`);
  writeFileSync(new URL('../docs/numbers.md', import.meta.url), writePage(all, sets));
}
if (silent.length > 0) process.exitCode = 1;

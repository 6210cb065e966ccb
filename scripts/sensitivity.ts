// Moves every deciding number by a fifth down and up and says which labelled items notice: `npm run sensitivity`.
// Writes eval/sensitivity.json and docs/numbers.md, but not where words name numbers (`npm run sensitivity region.field`).
import { NUMBERS } from '../eval/numbers.ts';
import { scoreOf } from '../eval/outcome.ts';
import { answer, isNoticed, measure, type Measured, type Move } from '../eval/sensitivity.ts';
import { SETS } from '../eval/sets.ts';

const wanted = process.argv.slice(2);
const numbers = NUMBERS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
const base = answer(SETS.filter(({ room }) => numbers.some((number) => number.room === room)));
for (const [set, { outcomes }] of base) {
  const { precision, recall } = scoreOf(outcomes);
  console.log(
    `${set.name.padEnd(20)} ${outcomes.length} answers, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`,
  );
  for (const one of outcomes)
    if (one.want !== one.got && process.env.SHOW) console.log(`   ${one.want ? 'missed' : 'wrong'} ${one.item}`);
}

function tell({ value, effects }: Move): string {
  if (effects.length === 0) return `${value}: –`;
  const sets = effects.map(({ set, flips, figures }) => {
    const worse = flips.filter(({ want, got }) => want !== got).length;
    const said = Object.entries(figures).map(([name, percent]) => `${name} ${percent} %`);
    return `${set} ${worse} worse ${flips.length - worse} better ${said.join(' ')}`;
  });
  return `${value}: ${sets.join('; ')}`;
}
const all: Measured[] = [];
for (const number of numbers) {
  const measured = measure(number, base);
  all.push(measured);
  console.log(
    `${isNoticed(measured) ? ' ' : '!'} ${number.name.padEnd(28)} ${String(number.deciding.value).padEnd(6)} | ${tell(measured.down)} | ${tell(measured.up)}`,
  );
}
console.log(
  `without effect: ${all
    .filter((one) => !isNoticed(one))
    .map(({ number }) => number.name)
    .join(', ')}`,
);

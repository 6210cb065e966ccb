/** Writes down what was measured: eval/sensitivity.json for the tests, docs/numbers.md for people. */
import type { Effect, Measured, Move } from './sensitivity.ts';

/** A set that noticed: items that are wrong now, items that are right now, and figures in percent. */
type Noticed = Readonly<Record<string, { worse: number; better: number }>>;

/** Name → value, and what each set said of the two moves. */
export type Written = Readonly<Record<string, { value: number; down: WrittenMove; up: WrittenMove }>>;

interface WrittenMove {
  readonly value: number;
  readonly noticed: Noticed;
}

export function writeDown(all: readonly Measured[]): Written {
  return Object.fromEntries(
    all.map(({ number, down, up }) => [
      number.name,
      { value: number.deciding.value, down: writtenMove(down), up: writtenMove(up) },
    ]),
  );
}

function writtenMove({ value, effects }: Move): WrittenMove {
  return { value, noticed: Object.fromEntries(effects.map((effect) => [effect.set, countOf(effect)])) };
}

function countOf({ flips }: Effect): { worse: number; better: number } {
  const worse = flips.filter(({ want, got }) => want !== got).length;
  return { worse, better: flips.length - worse };
}

/** One line for a terminal or a cell: `0.7: stories made 4 worse`. */
export function tellMove({ value, effects }: Move): string {
  const told = effects.map((effect) => {
    const { worse, better } = countOf(effect);
    const parts = [
      ...(worse > 0 ? [`${worse} worse`] : []),
      ...(better > 0 ? [`${better} better`] : []),
      ...Object.entries(effect.figures).map(([name, percent]) => `${name} ${percent > 0 ? '+' : ''}${percent} %`),
    ];
    return `${effect.set} ${parts.join(', ')}`;
  });
  return `${value}: ${told.length === 0 ? 'no change' : told.join('; ')}`;
}

export function writePage(all: readonly Measured[], sets: readonly string[]): string {
  const rows = all.map(
    ({ number: { name, deciding }, down, up }) =>
      `| \`${name}\` | ${deciding.value} | ${deciding.why} | ${tellMove(down)} | ${tellMove(up)} |`,
  );
  return `# Numbers that decide

Written by \`npm run sensitivity\`; do not edit. Each number stands once, in \`src/story/verdict/thresholds.ts\`, \`src/region/decide/weights.ts\`, \`src/clean/thresholds.ts\`, \`src/feed/listpage/thresholds.ts\` or \`src/sources/numbers.ts\`, with its reason. Here it is moved by a fifth down and up (whole numbers by at least one), and the labelled items of \`eval/\` whose answer changes are counted: worse where the new answer is wrong, better where it is right. The sets as they are:

${sets.map((set) => `- ${set}`).join('\n')}

| number | value | why | a fifth less | a fifth more |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** Which servers hear of what deltawire is told to ask, in a network where every address, private or public, has a server. */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { cases } from './namespace/cases.ts';
import { findWay, runInside } from './namespace/enter.ts';
import type { Outcome } from './namespace/inside.ts';

const INSIDE = fileURLToPath(new URL('./namespace/inside.ts', import.meta.url));
const { unshare, reason } = findWay();
const here = unshare === null ? `cannot be tested here, where no network namespace is allowed (${reason})` : 'hold';
if (unshare === null) console.warn(`the address guard and real names ${here}`);

describe.skipIf(unshare === null)(`the address guard and real names ${here}`, () => {
  let outcomes: ReadonlyMap<string, Outcome> = new Map();

  beforeAll(async () => {
    const lines = (await runInside(unshare ?? [], INSIDE)).trim().split('\n');
    outcomes = new Map(lines.map((line) => JSON.parse(line) as Outcome).map((outcome) => [outcome.name, outcome]));
  }, 120_000);

  test('each case was asked under a name of its own', () => {
    expect([...outcomes.keys()]).toStrictEqual(cases.map(({ name }) => name));
  });

  test.each(cases)('$name', ({ name, gives, says, reaches }) => {
    const outcome = outcomes.get(name);
    expect(outcome).toMatchObject({ gives, reaches });
    expect(outcome?.reaches).toStrictEqual(reaches);
    expect(outcome?.says).toMatch(says);
  });
});

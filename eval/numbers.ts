/** Every deciding number of the program, as a list that can be moved. */
import { T as CLEAN, THRESHOLDS as CLEANING } from '../src/clean/thresholds.ts';
import { T as LISTS, THRESHOLDS as LISTING } from '../src/feed/listpage/thresholds.ts';
import type { Deciding, DecidingTable } from '../src/model/deciding.ts';
import { WEIGHTS, W } from '../src/region/decide/weights.ts';
import { N as SOURCES, NUMBERS as SOURCING } from '../src/sources/numbers.ts';
import { THRESHOLDS, T } from '../src/story/verdict/thresholds.ts';
import type { EvalSet } from './outcome.ts';

export interface Movable {
  readonly deciding: Deciding;
  /** `story.lead.margin` */
  readonly name: string;
  readonly room: EvalSet['room'];
  /** Runs something with another value in force. */
  readonly during: <R>(value: number, run: () => R) => R;
}

type Values = Record<string, Record<string, number>>;

const TABLES: readonly (readonly [EvalSet['room'], DecidingTable, Values])[] = [
  ['story', THRESHOLDS, T],
  ['region', WEIGHTS, W],
  ['clean', CLEANING, CLEAN],
  ['feed', LISTING, LISTS],
  ['sources', SOURCING, SOURCES],
];

export const NUMBERS: readonly Movable[] = TABLES.flatMap(([room, table, values]) =>
  Object.entries(table).flatMap(([group, numbers]) =>
    Object.entries(numbers).map(([key, deciding]) => ({
      deciding,
      name: `${room}.${group}.${key}`,
      room,
      during: <R>(value: number, run: () => R): R => {
        const inForce = values[group] ?? {};
        inForce[key] = value;
        try {
          return run();
        } finally {
          inForce[key] = deciding.value;
        }
      },
    })),
  ),
);

/** A fifth less and a fifth more; whole numbers by at least one. */
export function movesOf({ value, continuous }: Deciding): readonly [number, number] {
  const by = Math.abs(value) / 5;
  const step = Number.isInteger(value) && continuous !== true ? Math.max(1, Math.round(by)) : by;
  const tidy = (number: number) => Math.round(number * 1e6) / 1e6;
  return [tidy(value - step), tidy(value + step)];
}

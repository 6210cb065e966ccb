/** Runs the labelled sets with every deciding number moved down and up, and says what changes. */
import { type Movable, movesOf } from './numbers.ts';
import { type EvalSet, type Figures, type Outcome, type Score, scoreOf } from './outcome.ts';

/** What one set says of a number that was moved. */
export interface Effect {
  readonly set: string;
  /** Items whose answer changed. */
  readonly flips: readonly Outcome[];
  readonly before: Score;
  readonly after: Score;
  readonly figures: Figures;
}

export interface Move {
  readonly value: number;
  /** Only of the sets that notice. */
  readonly effects: readonly Effect[];
}

export interface Measured {
  readonly number: Movable;
  readonly down: Move;
  readonly up: Move;
}

type Answers = ReturnType<EvalSet['run']>;

/** How each set answers with the numbers as they are. */
export function answer(sets: readonly EvalSet[]): ReadonlyMap<EvalSet, Answers> {
  return new Map(sets.map((set) => [set, set.run()]));
}

export function measure(number: Movable, base: ReadonlyMap<EvalSet, Answers>): Measured {
  const [less, more] = movesOf(number.deciding);
  const move = (value: number): Move => ({
    value,
    effects: [...base]
      .filter(([set]) => set.room === number.room)
      .flatMap(([set, before]) => effectOf(set, before, number.during(value, set.run))),
  });
  return { number, down: move(less), up: move(more) };
}

function effectOf(set: EvalSet, before: Answers, after: Answers): Effect[] {
  const flips = after.outcomes.filter(({ got }, i) => before.outcomes[i]?.got !== got);
  const figures = Object.fromEntries(
    Object.entries(after.figures ?? {})
      .map(([name, value]) => [name, Math.round((value / (before.figures?.[name] ?? value) - 1) * 1000) / 10] as const)
      .filter(([, percent]) => percent !== 0),
  );
  if (flips.length === 0 && Object.keys(figures).length === 0) return [];
  return [{ set: set.name, flips, before: scoreOf(before.outcomes), after: scoreOf(after.outcomes), figures }];
}

/** Whether some labelled item notices when the number is moved. */
export function isNoticed({ down, up }: Measured): boolean {
  return down.effects.length + up.effects.length > 0;
}

/** Long work on the main thread is done piece by piece: whoever asks for a page meanwhile waits for a piece, and not for all. */
import { performance } from 'node:perf_hooks';

/**
 * Milliseconds of one piece. Where other threads have the processors it takes three times as long, and a reader waits for
 * two or three of them: with 8 one answer in a hundred took 58 ms, with 3 it takes 45 (bench/busy.ts on two cores).
 */
const PIECE_MS = 3;

const waiting: (() => void)[] = [];
let isGoingOn = false;

function beginTurn(): void {
  isGoingOn = waiting.length > 0;
  if (isGoingOn) goOn(waiting.length, performance.now());
}

/** So many of those who wait go on, one after the other, until the turn has had its piece; the others do so in the next. */
function goOn(count: number, began: number): void {
  waiting.shift()?.();
  // Once what goes on now has come to its next pause: microtasks run until there are none, and ticks after them.
  queueMicrotask(() =>
    process.nextTick(() => {
      if (count > 1 && performance.now() - began < PIECE_MS) goOn(count - 1, began);
      else setImmediate(beginTurn);
    }),
  );
}

/** Waits until the event loop has served what came in, and until those who gave way before have gone on. */
export function giveWay(): Promise<void> {
  return new Promise((done) => {
    waiting.push(done);
    if (isGoingOn) return;
    isGoingOn = true;
    setImmediate(beginTurn);
  });
}

/** For one piece of work that has many steps: what is given is to be awaited between two of them, and gives way once it is time. */
export function createPieces(): () => Promise<void> | undefined {
  let began = performance.now();
  const pause = async () => {
    await giveWay();
    began = performance.now();
  };
  return () => (performance.now() - began < PIECE_MS ? undefined : pause());
}

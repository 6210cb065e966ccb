/** Long work on the main thread is done piece by piece: whoever asks for a page meanwhile waits for a piece, and not for all. */
import { performance } from 'node:perf_hooks';

/** Milliseconds of one piece. Two or three of them, and a reader still calls the answer immediate. */
const PIECE_MS = 8;

const waiting: (() => void)[] = [];
let isGoingOn = false;

/** Those who wait go on, one after the other, until a turn of the event loop has had its piece; the others do so in the next. */
function goOn(began: number): void {
  const next = waiting.shift();
  if (next === undefined) {
    isGoingOn = false;
    return;
  }
  next();
  // Once what goes on now has come to its next pause: microtasks run until there are none, and ticks after them.
  queueMicrotask(() =>
    process.nextTick(() => {
      if (performance.now() - began < PIECE_MS) goOn(began);
      else setImmediate(() => goOn(performance.now()));
    }),
  );
}

/** Waits until the event loop has served what came in, and until those who gave way before have gone on. */
export function giveWay(): Promise<void> {
  return new Promise((done) => {
    waiting.push(done);
    if (isGoingOn) return;
    isGoingOn = true;
    setImmediate(() => goOn(performance.now()));
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

/** Long work on the main thread is done piece by piece: whoever asks for a page meanwhile waits for a piece, and not for all. */
import { performance } from 'node:perf_hooks';

/** Milliseconds of one piece. Two or three of them, and a reader still calls the answer immediate. */
const PIECE_MS = 8;

const waiting: (() => void)[] = [];

/** One a turn of the event loop: however many wait, what else came in is served between two pieces. */
function goOn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(goOn);
}

/** Waits until the event loop has served what came in, and those who gave way before. */
export function giveWay(): Promise<void> {
  return new Promise((done) => {
    waiting.push(done);
    if (waiting.length === 1) setImmediate(goOn);
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

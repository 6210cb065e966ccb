import { expect, test } from 'vitest';
import { createBytesInHand } from '../../src/jobs/bytesinhand.ts';

/** Lets promises that are ready be done. */
const turn = () => new Promise((done) => setImmediate(done));

test('documents wait for room in their order, and no more bytes are in hand than may be', async () => {
  const room = createBytesInHand(30, 1);
  const log: string[] = [];
  const leaves = new Map<string, () => void>();
  const come = async (name: string, bytes: number) => {
    leaves.set(name, await room.take(bytes));
    log.push(name);
  };
  for (const [name, bytes] of [
    ['a', 10],
    ['b', 20],
    ['c', 10],
    ['d', 25],
    ['e', 5],
  ] as const)
    void come(name, bytes);
  await turn();
  expect(log).toEqual(['a', 'b']);
  leaves.get('a')?.();
  leaves.get('a')?.();
  await turn();
  // The second call gave nothing back: d waits, and e behind it.
  expect(log).toEqual(['a', 'b', 'c']);
  leaves.get('b')?.();
  leaves.get('c')?.();
  await turn();
  expect(log).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a document that is larger than all the room is let in alone', async () => {
  const room = createBytesInHand(30, 1);
  const leave = await room.take(100);
  expect(room.tryTake(2)).toBeNull();
  leave();
  expect(room.tryTake(2)).not.toBeNull();
});

test('small documents pass by those that wait', async () => {
  const room = createBytesInHand(30, 5);
  await room.take(30);
  void room.take(20);
  expect(room.tryTake(5)).not.toBeNull();
  await room.take(4);
});

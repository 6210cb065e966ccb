/** Bounds how many bytes of documents a worker has in hand: a large one waits until there is room for it, small ones pass by. */

export interface BytesInHand {
  /** Resolves when there is room, in the order of the calls; the result gives the room back. */
  readonly take: (bytes: number) => Promise<() => void>;
  /** The same at once, or null where there is no room now. */
  readonly tryTake: (bytes: number) => (() => void) | null;
}

/** `most` together; one that is larger than that is let in alone. Documents up to `small` are let in and not counted. */
export function createBytesInHand(most: number, small: number): BytesInHand {
  let inHand = 0;
  const waiting: { readonly bytes: number; readonly enter: () => void }[] = [];

  const hasRoom = (bytes: number) => inHand === 0 || inHand + bytes <= most;

  function enter(bytes: number): () => void {
    inHand += bytes;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      inHand -= bytes;
      for (let [next] = waiting; next !== undefined && hasRoom(next.bytes); [next] = waiting) {
        waiting.shift();
        next.enter();
      }
    };
  }

  return {
    take(bytes) {
      if (bytes <= small) return Promise.resolve(() => undefined);
      if (waiting.length === 0 && hasRoom(bytes)) return Promise.resolve(enter(bytes));
      return new Promise((done) => waiting.push({ bytes, enter: () => done(enter(bytes)) }));
    },
    tryTake(bytes) {
      if (bytes <= small) return () => undefined;
      return waiting.length === 0 && hasRoom(bytes) ? enter(bytes) : null;
    },
  };
}

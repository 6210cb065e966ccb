/** Lets at most so many callers in at once, in the order in which they came. */

export interface Gate {
  /** Resolves when there is room; every `enter` needs one `leave`. */
  enter(): Promise<void>;
  leave(): void;
}

/** A gate for `width` callers (at least one). */
export function createGate(width: number): Gate {
  let room = Math.max(1, Math.floor(width));
  // Read by index and cut now and then: `shift` of a long array is linear.
  let waiting: (() => void)[] = [];
  let next = 0;
  return {
    enter() {
      if (room > 0) {
        room--;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    leave() {
      const first = waiting[next];
      if (first === undefined) {
        room++;
        return;
      }
      next++;
      if (next === waiting.length || next > 1024) {
        waiting = waiting.slice(next);
        next = 0;
      }
      first();
    },
  };
}

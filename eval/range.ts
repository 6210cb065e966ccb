/** Sizes of made items. */

/** `from`, and on by steps up to `to`. */
export function range(from: number, to: number, step = 1): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}

/** Makes what a client sent fit to be named in a message. */

/** Cut after 40 characters, and without controls, bidirectional marks and line ends. */
export function legible(value: string): string {
  const short = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return short.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '?');
}

/** Builds patterns from lists of words as tables write them. */

/** An alternation of the blank-separated `words`, which may hold pattern syntax; `␣` stands for an optional blank. */
export function anyOf(...words: readonly string[]): string {
  return `(?:${words.join(' ').trim().split(/\s+/).join('|').replaceAll('␣', ' ?')})`;
}

/** `pattern` alone on a line, brackets, bullets and arrows around it aside. */
export function alone(pattern: string): RegExp {
  return new RegExp(`^[[【(<>»›•●■◆|\\s]*${pattern}[\\])】>»›|:\\s.…]*$`);
}

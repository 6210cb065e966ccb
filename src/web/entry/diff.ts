/** Compares two texts: what both have, what only the first has, what only the second has. */

export interface Piece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Lines of each text that are compared; the rest is shown as it is in the second. */
const MAX_LINES = 400;

/** By lines; where one line took another's place, by what they begin and end with. */
export function diffLines(before: string, after: string): readonly Piece[] {
  const a = before.split('\n').slice(0, MAX_LINES);
  const b = after.split('\n').slice(0, MAX_LINES);
  const pieces: Piece[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    const pairs = Math.min(removed.length, added.length);
    for (let i = 0; i < pairs; i++) pieces.push(...diffLine(removed[i] ?? '', added[i] ?? ''));
    for (const text of removed.slice(pairs)) pieces.push({ kind: 'removed', text: `${text}\n` });
    for (const text of added.slice(pairs)) pieces.push({ kind: 'added', text: `${text}\n` });
    removed = [];
    added = [];
  };
  for (const { kind, text } of align(a, b)) {
    if (kind === 'removed') removed.push(text);
    else if (kind === 'added') added.push(text);
    else {
      flush();
      pieces.push({ kind, text: `${text}\n` });
    }
  }
  flush();
  return join(pieces);
}

/** The longest common subsequence of two lists of lines, as pieces. */
function align(a: readonly string[], b: readonly string[]): Piece[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ kind: 'same', text: a[i] ?? '' });
      i++;
      j++;
    } else if (
      j >= b.length ||
      (i < a.length && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    )
      pieces.push({ kind: 'removed', text: a[i++] ?? '' });
    else pieces.push({ kind: 'added', text: b[j++] ?? '' });
  }
  return pieces;
}

function diffLine(before: string, after: string): Piece[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  // Lines with little in common are two lines, not one that changed.
  if (head + tail < most / 3)
    return [
      { kind: 'removed', text: `${before}\n` },
      { kind: 'added', text: `${after}\n` },
    ];
  const pieces: Piece[] = [
    { kind: 'same', text: before.slice(0, head) },
    { kind: 'removed', text: before.slice(head, before.length - tail) },
    { kind: 'added', text: after.slice(head, after.length - tail) },
    { kind: 'same', text: `${before.slice(before.length - tail)}\n` },
  ];
  return pieces.filter(({ text }) => text !== '');
}

function join(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last?.kind === piece.kind) joined[joined.length - 1] = { kind: piece.kind, text: last.text + piece.text };
    else joined.push(piece);
  }
  return joined;
}

/** Reads the candidates of a `srcset` attribute (HTML §4.8.4.2.1), in one pass whatever stands in it. */

export interface Candidate {
  readonly url: string;
  /** Where `url` stands in the value. */
  readonly at: number;
  /** `2x`, `480w`; empty where none is given. */
  readonly size: string;
}

/** Longer values hold addresses of more pictures than any device asks for. */
const LONGEST = 8000;
const WORD = /\S+/g;

/** The candidates in their order; none for a value of more than 8,000 characters. Lists without blanks after their commas are read too. */
export function readSrcset(value: string): readonly Candidate[] {
  if (value.length > LONGEST) return [];
  const found: Candidate[] = [];
  let open: { url: string; at: number } | null = null;
  for (const word of value.matchAll(WORD)) {
    let text = word[0];
    let at = word.index;
    if (open !== null) {
      // The size ends its candidate; what follows its comma is the next address.
      const comma = text.indexOf(',');
      found.push({ ...open, size: comma < 0 ? text : text.slice(0, comma) });
      open = null;
      if (comma < 0) continue;
      at += comma;
      text = text.slice(comma);
    }
    const lead = leadingCommas(text);
    const url = withoutCommas(text.slice(lead));
    if (url === '') continue;
    if (lead + url.length < text.length) found.push({ url, at: at + lead, size: '' });
    else open = { url, at: at + lead };
  }
  if (open !== null) found.push({ ...open, size: '' });
  return found;
}

function leadingCommas(text: string): number {
  let at = 0;
  while (text.charAt(at) === ',') at++;
  return at;
}

function withoutCommas(text: string): string {
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === ',') end--;
  return text.slice(0, end);
}

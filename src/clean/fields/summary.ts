/** Decides an entry's summary: the feed's own, or the first sentences of the text, cut between sentences where that can be. */
import type { RawItem } from '../../model/feed.ts';
import { plainText } from '../../text/plain.ts';
import { T } from '../thresholds.ts';
import { plainly } from './field.ts';
import type { ReadField } from './field.ts';

export const readSummary: ReadField<string> = ({ text }, raw) => {
  const given = givenSummary(raw);
  const isTold = given.length >= T.summary.shortest && given.length <= T.summary.longest && given.length < text.length;
  return plainly(isTold ? given : firstSentences(text, T.summary.made));
};

/** What the feed gives besides a content; '' for nothing. */
function givenSummary({ content, summary }: RawItem): string {
  return content !== null && content.trim() !== '' && summary !== null ? plainText(summary) : '';
}

const END = /[。！？!?；;…][”’」』）)]*/g;

/** The first sentences of `text` in at most `most` UTF-16 units. */
export function firstSentences(text: string, most: number): string {
  const line = text
    .slice(0, most * 4 + 400)
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
  if (line.length <= most) return line;
  let end = 0;
  for (const match of line.slice(0, most + 2).matchAll(END)) {
    const at = match.index + match[0].length;
    if (at > most) break;
    end = at;
  }
  if (end >= most / 3) return line.slice(0, end);
  let cut = most - 1;
  const isInside = (at: number): boolean => /[\w.,%]/.test(line.charAt(at)) && /[\w.,%]/.test(line.charAt(at - 1));
  while (cut > most / 2 && isInside(cut)) cut--;
  // Low surrogates, variation selectors and joiners belong to what stands before them.
  while (cut > 0 && joinsBefore(line.charCodeAt(cut))) cut--;
  const last = line.charCodeAt(cut - 1);
  if ((last >= 0xd800 && last <= 0xdbff) || last === 0x200d) cut--;
  return `${line.slice(0, cut).trimEnd()}…`;
}

function joinsBefore(unit: number): boolean {
  return (unit >= 0xdc00 && unit <= 0xdfff) || unit === 0xfe0f || unit === 0x200d || (unit >= 0x300 && unit <= 0x36f);
}

/** Turns an entry into what it is recognised by: keys that find candidates, and the evidence that decides. */
import { createHash } from 'node:crypto';
import { fold } from '../text/script.ts';
import type { Entry, Fingerprint } from '../types.ts';

/** Folded characters below which a text is too short to be recognised by itself: a greeting, a caption. */
const MIN_TEXT = 60;

/** What `decideStory` compares. */
export interface StoryEvidence {
  /** Hash of the canonical link. */
  readonly link: string | null;
  /** Hash of the folded title and text; null where the text is too short to tell. */
  readonly content: string | null;
}

/** Recognises exact copies: the same address, or the same title and text in either script. */
export function fingerprint(entry: Pick<Entry, 'link' | 'title' | 'text'>): Fingerprint {
  const text = squash(entry.text);
  const evidence: StoryEvidence = {
    link: entry.link === null ? null : shortHash(entry.link),
    content: text.length < MIN_TEXT ? null : shortHash(`${squash(entry.title)}\n${text}`),
  };
  const keys = [
    ...(evidence.link === null ? [] : [`l${evidence.link}`]),
    ...(evidence.content === null ? [] : [`c${evidence.content}`]),
  ];
  return { keys, evidence: JSON.stringify(evidence) };
}

/** The key under which entries with this canonical link are found. */
export function linkKey(link: string): string {
  return `l${shortHash(link)}`;
}

/** Folded text without blanks and punctuation, which copies of one story change freely. */
function squash(text: string): string {
  return fold(text.normalize('NFKC')).replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, '');
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

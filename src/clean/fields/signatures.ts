/** Collects whom the lines around an article and the head of its page name: outlets, writers, editors. */
import type { Body } from '../article/body.ts';
import type { Judged } from '../lines/judge.ts';
import { readLabels, readOutlet } from '../lines/labels.ts';
import type { Signed } from '../lines/signed.ts';
import type { Head } from '../html/tree.ts';
import { readNames } from '../../zh/people.ts';
import { fold } from '../../zh/script.ts';

interface DocumentSignature {
  readonly outlets: readonly string[];
  readonly authors: readonly string[];
}

export interface Signatures {
  /** Said above the article. */
  readonly above: Signed;
  /** Said below it, or at its end in brackets. */
  readonly below: Signed;
  /** Said by the head of the document. */
  readonly document: DocumentSignature;
}

/** `closing` are the labels in brackets that the article ends with. */
export function readSignatures(body: Body, closing: readonly string[]): Signatures {
  const below = read(body.tail);
  for (const label of closing) readLabels(label, fold(label), below);
  return { above: read(body.head), below, document: readDocument(body.markup) };
}

function read(lines: readonly Judged[]): Signed {
  const signed: Signed = { outlets: [], editors: [], responsible: [], authors: [] };
  for (const { rule, label } of lines)
    if (rule?.role === 'meta' || rule?.role === 'byline') readLabels(label, fold(label), signed);
  return signed;
}

// The forms in which Chinese sites and governments put it into the head.
const OUTLET_KEYS = ['contentsource', 'source', 'mediaid', 'og:article:source'];
const AUTHOR_KEYS = ['author', 'article:author', 'og:article:author'];

function readDocument(markup: Head | null): DocumentSignature {
  if (markup === null) return { outlets: [], authors: [] };
  const outlets: string[] = [];
  for (const key of OUTLET_KEYS) {
    const written = markup.meta.get(key);
    if (written === undefined) continue;
    const value = written.replace(/^(?:来源|來源)\s*[:：]?/, '').trim();
    const outlet = readOutlet(`:${value}`, `:${fold(value)}`);
    if (outlet !== null) outlets.push(outlet);
  }
  const key = AUTHOR_KEYS.find((name) => markup.meta.has(name));
  const author = key === undefined ? '' : (markup.meta.get(key) ?? '');
  return { outlets, authors: readNames(author, fold(author)) };
}

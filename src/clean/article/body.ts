/** Reads the body of an item, markup or plain text, feed content or whole page: the article's blocks and the lines around it. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { CleanContext } from '../cleancontext.ts';
import { findContainer } from '../html/container.ts';
import { readLines } from '../html/lines.ts';
import { MOST_TEXT, withinLongest } from '../html/longest.ts';
import { readZones } from '../html/readzones.ts';
import { parseTree } from '../html/tree.ts';
import type { Head } from '../html/tree.ts';
import { judge } from '../lines/judge.ts';
import type { Judged } from '../lines/judge.ts';
import { unsalt } from '../lines/pollution.ts';
import type { RawItem } from '../../model/feed.ts';
import { textOf } from '../../text/plain.ts';
import { edgesOf, withoutRecurring } from './edges.ts';
import type { Taken } from './removal.ts';
import { segment } from './segment.ts';
import type { Segmented } from './segment.ts';
import { isEscapedMarkup, isMarkup, isWholePage } from './wholepage.ts';

export interface Body {
  readonly kept: readonly Judged[];
  /** Lines above the article, the nearest last. */
  readonly head: readonly Judged[];
  /** Labels within the article, and lines below it. */
  readonly tail: readonly Judged[];
  /** The head of the document; null for anything but an HTML page. */
  readonly markup: Head | null;
  /** Keys of the blocks at the article's edges, before those that recur were taken out. */
  readonly edges: readonly string[];
  readonly removed: readonly Taken[];
  readonly repairs: readonly Reason[];
}

/** The body of `raw`: its content, or its summary where it has none. */
export function readBody(raw: RawItem, context: CleanContext): Body {
  const { text, repairs: unsalted } = unsalt(contentOf(raw));
  const base = context.baseUrl ?? raw.link;
  const hint = context.wholePage === true || raw.title.trim() === '';
  const read = isMarkup(text) ? readMarkup(text, base, hint) : readPlain(text, hint);
  const edges = edgesOf(read.kept);
  const inner = withoutRecurring(read.kept, edges, context.isRecurring ?? (() => false));
  const removed = [...read.removed, ...inner.removed];
  const isSpammed = read.removed.some(({ by }) => by.spam);
  const spam = isSpammed ? [reason('repair.text.spam')] : [];
  const repairs = [...read.repairs, ...unsalted, ...spam];
  return { ...read, kept: inner.kept, edges: edges.map(({ key }) => key), removed, repairs };
}

function contentOf(raw: RawItem): string {
  const content = raw.content ?? '';
  const own = content.trim() === '' ? (raw.summary ?? '') : content;
  return isEscapedMarkup(own) ? textOf(own) : own;
}

type Parts = Segmented & Pick<Body, 'markup' | 'repairs'>;

/** Characters of plain text that are looked at: its lines are cut anew once their blanks are gone. */
const MOST_PLAIN = 4 * MOST_TEXT;

const cutRepair = (isWhole: boolean): readonly Reason[] => (isWhole ? [] : [reason('repair.text.cut')]);

function readPlain(text: string, hint: boolean): Parts {
  const { blocks, isWhole } = withinLongest(readLines(text.slice(0, MOST_PLAIN)));
  const judged = judge(blocks);
  return {
    ...segment(judged, hint || isWholePage(judged) ? 'page' : 'body'),
    markup: null,
    repairs: cutRepair(isWhole && text.length <= MOST_PLAIN),
  };
}

/** Characters in which a document opens with `<html>` or its doctype. */
const OPENING = 5000;
const ROOT = /<(?:html|body|!doctype)[\s>]/i;
/** Blocks below the container that are still looked at: an editor or a source; what follows is other stories. */
const MOST_AFTER = 12;

function readMarkup(text: string, base: string | null, hint: boolean): Parts {
  const { root, head, isWhole } = parseTree(text);
  if (!hint && !ROOT.test(text.slice(0, OPENING))) {
    const all = withinLongest(readZones(root, root, base).inside);
    const judged = judge(all.blocks);
    return {
      ...segment(judged, isWholePage(judged) ? 'markup' : 'body'),
      markup: null,
      repairs: cutRepair(isWhole && all.isWhole),
    };
  }
  const zones = readZones(root, findContainer(root), head.base ?? base);
  const inside = withinLongest(zones.inside);
  const found = segment(judge(inside.blocks), 'markup');
  return {
    kept: found.kept,
    head: [...judge(zones.before), ...found.head],
    tail: [...found.tail, ...judge(zones.after.slice(0, MOST_AFTER))],
    removed: found.removed,
    markup: head,
    repairs: cutRepair(isWhole && inside.isWhole),
  };
}

/** Recognises chrome by the class and id names that sites give its elements. */
import type { Block } from '../html/blocks.ts';
import { T } from '../thresholds.ts';
import type { Row, Traits } from './linerule.ts';
import { anyOf } from '../../text/anyof.ts';

// Names that no article gives its paragraphs; pinyin as Chinese sites abbreviate: xgyd 相关阅读, fenxiang 分享, pinglun 评论.
const SURE = word(
  'related? xgyd xgxw xiangguan recommend(?:ed|ation)? tuijian share bdsharebuttonbox bshare jiathis sharebox fenxiang comments? pinglun copyright statement shengming disclaimer declare breadcrumbs? crumbs? navbar navigation footer pager pagination paging qrcode ewm erweima advert guanggao app-?download download-?app jubao reward dashang digg',
);
// Names that mean chrome more often than not: they decide on lines that are no sentences.
const LIKELY = word(
  'nav location position weizhi page-?nav prev next prenext hot rank(?:ing)? paihang qr weixin-?qr toolbar tools? fontsize font-?size print ads? gg banner tags? keywords? subscribe login search sidebar side aside vote feedback report hide hidden none like zan form',
);

export const HINTS = {
  links: {
    name: 'hint.list-of-links',
    role: 'share',
    reason: 'a list whose items are links leads to other pages',
    takesTables: true,
  },
  className: {
    name: 'hint.class-name',
    role: 'share',
    reason: 'the class or id of an element around it is one that sites give to what is no article',
    takesTables: true,
  },
} as const satisfies Readonly<Record<string, Row & Traits>>;

type Hint = (typeof HINTS)[keyof typeof HINTS];
export type HintName = Hint['name'];

function word(words: string): RegExp {
  return new RegExp(`(?:^|[\\s_-])${anyOf(words)}(?:$|[\\s_\\d-])`);
}

/** What class and id words around `block` say of it; null for nothing. `linked` is the share of links, 0–1. */
export function hintOf(block: Block, folded: string, linked: number): Hint | null {
  if (block.kind === 'list' && linked > T.hint.links) return HINTS.links;
  if (block.hint === '') return null;
  const isSentence = /[。!?]["”’)]*$/.test(folded) && linked < T.hint.told;
  // A class name is a hint, not proof: what reads like the article stays.
  if (isSentence && folded.length > T.hint.short) return null;
  if (SURE.test(block.hint)) return HINTS.className;
  if ((isSentence && folded.length >= T.hint.sentence) || block.kind === 'heading') return null;
  return LIKELY.test(block.hint) ? HINTS.className : null;
}

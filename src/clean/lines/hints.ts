/** Tells chrome inside a container by the names that sites give its elements. */
import type { Block } from '../html/blocks.ts';
import type { LineRule } from './rule.ts';
import { anyOf } from '../../text/anyof.ts';

// Names that no article gives its paragraphs; pinyin as Chinese sites abbreviate: xgyd 相关阅读, fenxiang 分享, pinglun 评论.
const SURE = word(
  'related? xgyd xgxw xiangguan recommend(?:ed|ation)? tuijian share bdsharebuttonbox bshare jiathis sharebox fenxiang comments? pinglun copyright statement shengming disclaimer declare breadcrumbs? crumbs? navbar navigation footer pager pagination paging qrcode ewm erweima advert guanggao app-?download download-?app jubao reward dashang digg',
);
// Names that mean chrome more often than not: they decide on lines that are no sentences.
const LIKELY = word(
  'nav location position weizhi page-?nav prev next prenext hot rank(?:ing)? paihang qr weixin-?qr toolbar tools? fontsize font-?size print ads? gg banner tags? keywords? subscribe login search sidebar side aside vote feedback report hide hidden none like zan form',
);
const MOST_SHORT = 80;
const LEAST_SENTENCE = 16;

function word(words: string): RegExp {
  return new RegExp(`(?:^|[\\s_-])${anyOf(words)}(?:$|[\\s_\\d-])`);
}

/** The rule by which class and id words around `block` decide it; null where they say nothing. */
export function hintRole(block: Block, folded: string, linked: number): Pick<LineRule, 'name' | 'role'> | null {
  if (block.kind === 'list' && linked > 0.8) return { name: 'hint.list-of-links', role: 'share' };
  if (block.hint === '') return null;
  const isSentence = /[。!?]["”’)]*$/.test(folded) && linked < 0.3;
  // A class name is a hint, not proof: what reads like the article stays.
  if (isSentence && folded.length > MOST_SHORT) return null;
  if (SURE.test(block.hint)) return { name: 'hint.class-name', role: 'share' };
  if ((isSentence && folded.length >= LEAST_SENTENCE) || block.kind === 'heading') return null;
  return LIKELY.test(block.hint) ? { name: 'hint.class-name', role: 'share' } : null;
}

/** Tells chrome inside a container by the names that sites give its elements. */
import type { Block } from './blocks.ts';
import type { LineRule } from './rules.ts';

const WORDS =
  /(?:^|[\s_-])(?:related|relate|xgyd|xgxw|xiangguan|recommend(?:ed)?|tuijian|share|bdsharebuttonbox|bshare|jiathis|sharebox|fenxiang|comments?|pinglun|copyright|statement|shengming|disclaimer|breadcrumbs?|crumbs?|location|position|weizhi|nav|navbar|navigation|footer|pager|pagination|paging|page-?nav|prev|next|prenext|hot|rank|ranking|paihang|qrcode|qr|ewm|erweima|weixin-?qr|toolbar|tools?|fontsize|font-?size|print|advert|ads?|gg|guanggao|banner|tags?|keywords?|subscribe|app-?download|download-?app|login|search|sidebar|side|aside|vote|feedback|report|jubao|declare|hide|hidden|none|reward|dashang|like|zan|digg)(?:$|[\s_\d-])/;

/** The rule by which class and id words around `block` decide it; null where they say nothing. */
export function hintRole(block: Block, folded: string, linked: number): Pick<LineRule, 'name' | 'role'> | null {
  if (block.hint === '') {
    if (block.kind === 'list' && linked > 0.8) return { name: 'hint.list-of-links', role: 'share' };
    return null;
  }
  if (block.kind === 'list' && linked > 0.8) return { name: 'hint.list-of-links', role: 'share' };
  if (!WORDS.test(block.hint)) return null;
  // A class name is a hint, not proof: long sentences outside links stay.
  if (folded.length > 80 && linked < 0.3 && /[。!?]/.test(folded)) return null;
  return { name: 'hint.class-name', role: 'share' };
}

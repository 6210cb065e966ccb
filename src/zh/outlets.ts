/** Names of outlets: which address speaks as 本报, and which names are one family. */
import { fold } from './script.ts';

// Papers that sign 本报 or 本网 on their own pages.
const HOSTS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)gmw\.cn$/, '光明日报'],
  [/(?:^|\.)(?:paper\.)?people\.com\.cn$/, '人民日报'],
  [/(?:^|\.)(?:xinhuanet\.com|news\.cn)$/, '新华社'],
  [/(?:^|\.)chinanews\.com(?:\.cn)?$/, '中新网'],
  [/(?:^|\.)(?:ce\.cn)$/, '经济日报'],
  [/(?:^|\.)cyol\.com$/, '中国青年报'],
  [/(?:^|\.)workercn\.cn$/, '工人日报'],
  [/(?:^|\.)legaldaily\.com\.cn$/, '法治日报'],
  [/(?:^|\.)stdaily\.com$/, '科技日报'],
  [/(?:^|\.)farmer\.com\.cn$/, '农民日报'],
  [/(?:^|\.)anhuinews\.com$/, '安徽日报'],
  [/(?:^|\.)ahnews\.com\.cn$/, '安徽日报'],
  [/(?:^|\.)jfdaily\.com$|(?:^|\.)shobserver\.com$/, '解放日报'],
  [/(?:^|\.)whb\.cn$/, '文汇报'],
  [/(?:^|\.)xinmin\.cn$/, '新民晚报'],
  [/(?:^|\.)xhby\.net$/, '新华日报'],
  [/(?:^|\.)yangtse\.com$/, '扬子晚报'],
  [/(?:^|\.)(?:zjol|zjrb)\.com\.cn$/, '浙江日报'],
  [/(?:^|\.)hangzhou\.com\.cn$/, '杭州日报'],
  [/(?:^|\.)cnr\.cn$/, '央广网'],
  [/(?:^|\.)cctv\.com$/, '央视网'],
  [/(?:^|\.)taiwan\.cn$/, '中国台湾网'],
];

/** The outlet that 本报 means on `address`; null where unknown. */
export function outletOf(address: string | null): string | null {
  if (address === null) return null;
  let host: string;
  try {
    host = new URL(address).hostname;
  } catch {
    return null;
  }
  return HOSTS.find(([pattern]) => pattern.test(host))?.[1] ?? null;
}

const FAMILIES: readonly RegExp[] = [
  /新华|瞭望/,
  /中新|中国新闻|中新社/,
  /人民(?:日报|网)/,
  /央视|央广|中央广播|央广网|国广/,
  /解放日报|上观/,
  /安徽日报|中安在线/,
  /新华日报|交汇点/,
  /浙江(?:日报|在线|新闻)|潮新闻/,
  /光明/,
  /经济日报|中国经济网/,
];

/** Whether two outlets are one house. */
export function sameFamily(one: string, other: string): boolean {
  const a = fold(one);
  const b = fold(other);
  if (a.includes(b) || b.includes(a) || a.slice(0, 2) === b.slice(0, 2)) return true;
  return FAMILIES.some((family) => family.test(a) && family.test(b));
}

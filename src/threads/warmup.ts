/** Reads a sample, so that the tables that are loaded on the way do not count against a publisher's text. */
import { readDocument } from '../feed/readdocument.ts';
import type { FeedDocument } from '../model/feed.ts';

/** What the sample is a document of. */
export const SOURCE = {
  id: 'sample',
  name: 'sample',
  region: null,
  keep: [],
  drop: [],
  trust: 0,
  timezone: 'Asia/Shanghai',
};
const READING = { kind: 'feed', encoding: null, select: null } as const;
const URL = 'https://sample.invalid/rss';

/** Both scripts, a dateline, a byline, a place and a picture: what most tables are loaded for. */
const SAMPLE = `<rss version="2.0"><channel><title>样报</title><link>https://sample.invalid/</link><item>
<title>合肥地鐵新線開通 | 样报网</title><link>https://sample.invalid/2026/1101/c1-1.html</link>
<pubDate>Sun, 01 Nov 2026 08:00:00 +0800</pubDate><description><![CDATA[<div class="content">
<p>来源：样报 2026-11-01 08:00</p><p>新華社合肥11月1日電（記者張三）合肥市軌道交通新線今日開通，全長二十公里。</p>
<p>沿線居民說，从包河区到政务区只要半小时，出行方便多了。</p><p><img src="/1.jpg" alt=""></p>
<p>（责任编辑：李四）</p></div>]]></description></item></channel></rss>`;

export async function warmUpReading(): Promise<FeedDocument> {
  const read = await readDocument({ ...SOURCE, ...READING }, { bytes: Buffer.from(SAMPLE), headers: {}, url: URL }, 0);
  if (!read.ok) throw new Error('the sample cannot be read');
  return read.document;
}

/** Turns one 50-entry Chinese feed into the ratio of decode + canonicalise + parse to bare rss-parser, and into memory held for 200 KB. */
import Parser from 'rss-parser';
import { canonicalise } from '../src/feed/rssparser/canonicalise.ts';
import { decodeBytes } from '../src/feed/bytes/decode.ts';
import { parseCanonical } from '../src/feed/rssparser/parse.ts';
import { plainSource } from '../src/config/plainsource.ts';
import { readDocument } from '../src/feed/readdocument.ts';

const SENTENCE =
  '合肥市轨道交通集团今天发布消息，本月客流比上月增长一成二，换乘站早高峰秩序平稳，工作人员在站台引导乘客有序上下车。';
const ENTRIES = 50;
const ROUNDS = 60;

function article(n: number): string {
  const paragraphs = Array.from({ length: 12 }, (_, i) => `<p class="text">第${n}篇第${i + 1}段。${SENTENCE}</p>`);
  return `<div id="content"><img src="https://img.example.cn/2024/${n}.jpg" alt="图${n}">${paragraphs.join('\n')}</div>`;
}

function makeFeed(): string {
  const items = Array.from({ length: ENTRIES }, (_, n) => {
    const escaped = n % 2 === 0;
    const html = article(n);
    const body = escaped
      ? html.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      : `<![CDATA[${html}]]>`;
    return `<item><title>第${n}条：长三角一体化示范区又有新进展</title><link>https://news.example.cn/a/202405/01/c_${n}.html</link>
<guid isPermaLink="false">news-example-${n}</guid><author>记者 ${n}号</author><category>安徽</category><category>要闻</category>
<description>${body}</description><pubDate>Wed, 01 May 2024 08:${String(n).padStart(2, '0')}:00 +0800</pubDate></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>示例新闻网</title><link>https://news.example.cn/</link>
<description>示例</description><language>zh-cn</language>${items.join('\n')}</channel></rss>`;
}

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

const text = makeFeed();
const bytes = Buffer.from(text);
const bare = async (): Promise<unknown> => new Parser().parseString(text);
const ours = async (): Promise<unknown> => {
  const decoded = decodeBytes(bytes, { contentType: 'text/xml' });
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.reason));
  return parseCanonical(canonicalise(decoded.text, 'https://news.example.cn/rss.xml'));
};
const URL_OF_FEED = 'https://news.example.cn/rss.xml';
const source = plainSource('bench', URL_OF_FEED);
const whole = async (): Promise<unknown> => readDocument(source, { bytes, headers: {}, url: URL_OF_FEED }, Date.now());

async function time(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

for (let i = 0; i < 10; i++) for (const run of [bare, ours, whole]) await run();
const times: [number[], number[], number[]] = [[], [], []];
for (let i = 0; i < ROUNDS; i++) {
  times[0].push(await time(bare));
  times[1].push(await time(ours));
  times[2].push(await time(whole));
}
const [bareMs, oursMs, wholeMs] = times.map(median) as [number, number, number];
console.log(`feed of ${ENTRIES} entries, ${(bytes.length / 1024).toFixed(0)} KB, median of ${ROUNDS} alternating runs`);
console.log(`bare rss-parser            ${bareMs.toFixed(2)} ms`);
console.log(
  `decode+canonicalise+parse  ${oursMs.toFixed(2)} ms   ratio ${(oursMs / bareMs).toFixed(2)} (goal: at most 1.6)`,
);
console.log(`readDocument, dates and ids included  ${wholeMs.toFixed(2)} ms   ratio ${(wholeMs / bareMs).toFixed(2)}`);
const { gc } = globalThis;
gc?.();
const before = process.memoryUsage().heapUsed;
const held = await whole();
const during = process.memoryUsage().heapUsed - before;
console.log(
  `heap grown by one reading  ${(during / 1048576).toFixed(1)} MB (goal: at most 30 for 200 KB)${held === null ? '!' : ''}`,
);

/**
 * Measures what finding the news of a page costs beside a bare htmlparser2 parse of it, in CPU: `npx tsx bench/listpage.ts`.
 * A list of 40 rows and a front page of 30 blocks, both filled up to 100 KB, and a front page of 60 blocks, as dense as can be.
 */
import { readNewsPage } from '../src/feed/listpage/newslist.ts';
import { parseBare } from './bareparse.ts';
import { cpuMsOf } from './usage.ts';

const URL = 'https://www.example.cn/xw/index.html';
const CONTEXT = { timezone: 'Asia/Shanghai', now: Date.parse('2026-11-27T12:00:00+08:00') };
const CHARACTERS = 100_000;
const ROUNDS = 60;

const row = (n: number): string =>
  `<li class="item"><a href="/xw/202611/t20261127_${70_000 + n}.html" title="开发区第${n}条道路今天恢复通行">开发区第${n}条道路今天恢复通行</a><span class="date">2026-11-27</span></li>\n`;
const block = (first: number, rows: number): string =>
  `<div class="block b${first}"><h2><a href="/c${first}/">栏目${first}</a></h2><ul>${Array.from({ length: rows }, (_, n) => row(first + n)).join('')}</ul></div>`;
const frame = (body: string): string =>
  `<html><head><title>要闻_示例网</title></head><body>${body}<div class="foot">版权</div></body></html>`;
const filled = (html: string): string => {
  const filler = '<div class="mod"><p class="t"><span>栏目</span><i></i><b>说明</b></p></div>\n';
  return html.replace(
    '<div class="foot">',
    `${filler.repeat(Math.ceil((CHARACTERS - html.length) / filler.length))}<div class="foot">`,
  );
};
const PAGES = {
  list: filled(frame(block(0, 40))),
  front: filled(frame(Array.from({ length: 30 }, (_, n) => block(n * 20, 9)).join(''))),
  'front of nothing but rows': frame(Array.from({ length: 60 }, (_, n) => block(n * 20, 10)).join('')),
};

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

for (const [name, html] of Object.entries(PAGES)) {
  const bare = (): void => parseBare(html);
  const whole = (): unknown => readNewsPage(html, URL, CONTEXT);
  for (let n = 0; n < 10; n++) [bare, whole].forEach((run) => run());
  const times = Array.from({ length: ROUNDS }, () => [cpuMsOf(bare), cpuMsOf(whole)] as const);
  const [parse, read] = [median(times.map(([ms]) => ms)), median(times.map(([, ms]) => ms))];
  console.log(
    `${name}: ${html.length} characters, parsed in ${parse.toFixed(1)} ms, read in ${read.toFixed(1)} ms of CPU (× ${(read / parse).toFixed(1)})`,
  );
}

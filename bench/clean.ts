/** Prints what cleaning costs, in milliseconds of CPU an entry, beside a bare htmlparser2 pass over the same input in the same run. */
import { Parser } from 'htmlparser2';
import { cleanItem } from '../src/clean/clean.ts';
import type { RawItem } from '../src/model/feed.ts';
import { cpuMsOf } from './usage.ts';

const PLACES = ['江北', '江南', '淮上', '皖西', '海东', '湖西', '太南', '钱中'];

function bodyOf(seed: number): string {
  const paragraphs = PLACES.map(
    (place, at) =>
      `<p>　　${place}市近日召开第${seed + at}次工作会议，研究部署下半年重点任务，要求各县区把稳增长放在更加突出的位置，抓好项目建设和民生保障。</p>`,
  );
  return `<p>江淮网合肥6月9日电（记者 王小川）今年以来，全市规模以上工业增加值同比增长${seed % 10}.5%，新登记企业两千余户。</p>${paragraphs.join('\n')}<p><img src="/pic/${seed}.jpg" alt=""></p><p>责任编辑：周明</p>`;
}

/** A page of about 200 KB: navigation, an article of twelve bodies, lists of links on both sides. */
function pageOf(seed: number): string {
  const links = Array.from(
    { length: 900 },
    (_, at) =>
      `<li class="item"><a href="/news/${seed}/${at}.html" target="_blank" title="第${at}条">第${at}条新闻的标题在这里</a><span>06-09</span></li>`,
  );
  const article = Array.from({ length: 12 }, (_, at) => bodyOf(seed * 100 + at)).join('');
  return `<!doctype html><html><head><title>第${seed}次会议召开_江淮网</title></head><body><div class="nav"><ul>${links.slice(0, 450).join('\n')}</ul></div><div class="main"><h1>第${seed}次会议召开</h1><div class="info">2021-06-09 08:49 来源：江淮网</div><div class="content">${article}</div></div><div class="side"><ul>${links.slice(450).join('\n')}</ul></div><script>${'var a = 1;'.repeat(4000)}</script></body></html>`;
}

function itemOf(content: string): RawItem {
  return {
    id: 'bench',
    guid: null,
    title: '工作会议召开_江淮网',
    link: 'https://news.example.cn/2021/0609/1.html?utm_source=rss',
    summary: null,
    content,
    authors: [],
    published: 1_623_200_000_000,
    updated: null,
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    outlet: null,
    repairs: [],
  };
}

function tokenise(content: string): number {
  let characters = 0;
  const parser = new Parser({
    ontext(text) {
      characters += text.length;
    },
  });
  parser.end(content);
  return characters;
}

function measure(name: string, inputs: readonly string[]): void {
  const items = inputs.map(itemOf);
  const context = { source: 'bench', timezone: 'Asia/Shanghai', baseUrl: null };
  for (const item of items.slice(0, Math.ceil(items.length / 4))) cleanItem(item, context);
  const bytes = inputs.reduce((sum, input) => sum + Buffer.byteLength(input), 0) / inputs.length;
  const bare = cpuMsOf(() => inputs.forEach((input) => tokenise(input))) / inputs.length;
  const half = Math.floor(items.length / 2);
  const first = cpuMsOf(() => items.slice(0, half).forEach((item) => cleanItem(item, context))) / half;
  const second = cpuMsOf(() => items.slice(half).forEach((item) => cleanItem(item, context))) / (items.length - half);
  console.log(
    `${name}: ${(bytes / 1024).toFixed(1)} KB, clean ${first.toFixed(3)} ms an entry in the first half, ${second.toFixed(3)} in the second; bare htmlparser2 ${bare.toFixed(3)} ms`,
  );
}

measure(
  'body',
  Array.from({ length: 4000 }, (_, seed) => bodyOf(seed)),
);
measure(
  'page',
  Array.from({ length: 80 }, (_, seed) => pageOf(seed)),
);

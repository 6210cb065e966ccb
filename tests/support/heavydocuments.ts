/** Documents that cost much: heavy in a way of their own, or with many items. */
export const item = (name: string, id: string, title: string, body: string, link = `http://${name}.example/${id}`) =>
  `<item><guid isPermaLink="false">${name}-${id}</guid><title>${title}</title><link>${link}</link><description>${body}</description></item>`;
export const rss = (name: string, items: readonly string[]) =>
  `<rss version="2.0"><channel><title>${name}</title>${items.join('')}</channel></rss>`;
const jsonFeed = (entry: object) => JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [entry] });

const MEGABYTES = 9_500_000;
const repeated = (piece: string) => piece.repeat(Math.floor(MEGABYTES / piece.length));

/** Documents of ten megabytes, each heavy in a way of its own. */
export const DOCUMENTS: Readonly<Record<string, () => string>> = {
  'open tags': () => rss('bad', [item('bad', '1', '题', repeated('&lt;b&gt;'))]),
  'open items': () => `<rss><channel>${repeated('<item><title>题</title>')}`,
  attributes: () => rss('bad', [item('bad', '1', '题', `&lt;p ${repeated('a="1" ')}&gt;`)]),
  enclosures: () =>
    `<rss><channel><item><title>题</title>${repeated('<enclosure url="http://bad.example/1"/>')}</item></channel></rss>`,
  references: () => rss('bad', [item('bad', '1', '题', repeated('&amp;#20013;'))]),
  'one line': () => rss('bad', [item('bad', '1', '题', repeated('（记者 张三）2026年11月1日讯，'))]),
  'JSON brackets': () => `{"items":${repeated('[')}`,
  'JSON tags': () => jsonFeed({ id: '1', title: '题', tags: Array.from({ length: 600_000 }, (_, i) => `类${i}`) }),
  'a page of rows': () => `<ul>${repeated('<li><a href="/1.html">合肥一处新路开通</a></li>')}</ul>`,
};

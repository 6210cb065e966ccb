/** The kinds of layout that regional channels have, rebuilt with rows of our own. */

export interface LaidRow {
  readonly href: string;
  readonly title: string;
  /** YYYY-MM-DD */
  readonly day: string;
}

type Layout = (rows: readonly LaidRow[]) => string;

const ul =
  (row: (one: LaidRow) => string): Layout =>
  (rows) =>
    `<ul class="list">${rows.map((one) => `<li>${row(one)}</li>`).join('')}</ul>`;
const each =
  (row: (one: LaidRow) => string): Layout =>
  (rows) =>
    rows.map(row).join('');
const link = ({ href, title }: LaidRow): string => `<a href="${href}">${title}</a>`;
const partsOf = ({ day }: LaidRow): readonly [year: string, month: string, date: string] => [
  day.slice(0, 4),
  day.slice(5, 7),
  day.slice(8),
];

export const LAYOUT_KINDS = {
  'titles cut short, the day at the right': ul(
    ({ href, title, day }) =>
      `<a class="left" href="${href}" title="${title}">${title.slice(0, 10)}…</a><span class="right date">${day}</span>`,
  ),
  'a heading and the time as an element': ul(
    ({ href, title, day }) =>
      `<a class="t" href="${href}"><h3>${title}</h3></a><small><time datetime="${day}">${day}</time></small>`,
  ),
  'the day over its month': ul((row) => {
    const [year, month, date] = partsOf(row);
    return `<div class="rq"><b>${date}</b><span>${year}-${month}</span></div>${link(row)}`;
  }),
  'month and day in brackets': ul((row) => {
    const [, month, date] = partsOf(row);
    return `${link(row)}<em>[${month}-${date}]</em>`;
  }),
  'a table': (rows) =>
    `<table>${rows.map((row) => `<tr><td>${link(row)}</td><td>${row.day.replaceAll('-', '/')}</td></tr>`).join('')}</table>`,
  'records in a script': (rows) =>
    `<script type="text/xml"><datastore><recordset>${rows.map((row) => `<record><![CDATA[<li>${link(row)}<span>${row.day}</span></li>]]></record>`).join('')}</recordset></datastore></script>`,
  'terms and definitions': each((row) => {
    const [year, month, date] = partsOf(row);
    return `<dl><dt>${link(row)}</dt><dd>${year}年${month}月${date}日 08:30</dd></dl>`;
  }),
  cards: each(
    (row) =>
      `<div class="card"><a href="${row.href}"><img src="/i.jpg"></a><div><h4>${link(row)}</h4><p>${row.day} 10:00 阅读 120</p></div></div>`,
  ),
  'days as headings': each((row) => `<h5>${row.day}</h5><ul><li>${link(row)}</li></ul>`),
  'opened by scripts': ul(
    ({ href, title, day }) => `<a href="javascript:void(0)" onclick="window.open('${href}')">${title}</a><i>${day}</i>`,
  ),
  'a picture below the headline': ul(
    (row) =>
      `<h3>${link(row)}</h3><a class="img" href="${row.href}"><img src="/titlepic/7.jpg"></a><span>${row.day}</span>`,
  ),
  'the column before the headline': ul((row) => {
    const [, month, date] = partsOf(row);
    return `<div class="lm">[<a href="/yw/">要闻</a>]</div><div class="bt">${link(row)}</div><div class="time">${Number(month)}-${Number(date)} 11:33</div>`;
  }),
  'a plain list': ul((row) => `${link(row)}<span>${row.day}</span>`),
  /** The headlines of a paper’s page, on its picture and beside it; only addresses tell the day. */
  'the page of a paper': (rows) =>
    `<img usemap="#m" src="/1.jpg"><map name="m">${rows.map(({ href, title }, n) => `<area coords="0,${n},9,9" href="${href}" title="${title}">`).join('')}</map><ul>${rows.map((row) => `<li>${link(row)}</li>`).join('')}</ul><p><a href="node_02.html">第02版</a></p>`,
} satisfies Readonly<Record<string, Layout>>;

export type LayoutKind = keyof typeof LAYOUT_KINDS;

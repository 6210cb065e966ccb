/** Selectors read the records of markup that a page carries in a script, or that come in its place. */
import { expect, test } from 'vitest';
import { readSelectedPage } from '../../src/feed/page/listpage.ts';
import { count, dayOf, frame, headline, PAGE, plainPath } from './listpage/samplesite.ts';

const RECORDS = `<datastore><recordset>${count(5)
  .map(
    (n) => `<record><![CDATA[<li><a href="${plainPath(n)}">${headline(n)}</a><span>${dayOf(n)}</span></li>]]></record>`,
  )
  .join('')}</recordset></datastore>`;

test.each([
  ['in a script', '#n9 li', frame(`<div id="n9"><script type="text/xml">${RECORDS}</script></div>`)],
  ['in place of the page', 'li', `<?xml version="1.0" encoding="utf-8"?>${RECORDS}`],
])('%s', (_name, item, html) => {
  const read = readSelectedPage(html, PAGE, { item, title: 'a', date: 'span' });
  const news = count(5).map((n) => [headline(n), dayOf(n)]);
  expect(read.ok ? read.page.items.map(({ title, published }) => [title, published]) : read.reason).toEqual(news);
});

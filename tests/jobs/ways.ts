/** The ways in which publishers misbehave, a row each. */
import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { BEIJING_MS, HOUR_MS, MINUTE_MS } from '../../src/text/time.ts';
import { atom, jsonFeed, listPage, rfc822, rss } from './feedwriting.ts';
import type { Way } from './misbehaving.ts';

const token = (text: string) => createHash('sha1').update(text).digest('hex').slice(0, 20);

/** Not a minute of those in which articles appear, so that no age is rounded to the next hour by chance. */
const age = (ms: number) => {
  const hours = Math.floor(ms / HOUR_MS);
  if (hours < 1) return `${Math.max(1, Math.floor(ms / MINUTE_MS))}分钟前`;
  return hours < 24 ? `${hours}小时前` : `${Math.floor(hours / 24)}天前`;
};

/** What a registrar shows in place of a site whose name has lapsed. */
const PARKED = `<html><head><title>news.example is for sale</title></head><body><h1>news.example</h1>
<p>该域名可以转让。This domain name is available for purchase.</p>
<ul>${['汽车保险', '住房贷款', '在线课程', '机票预订', '旧车估价', '法律咨询', '减肥食谱', '免费建站']
  .map((topic, i) => `<li><a href="/search?q=${i}&aff=park">${topic}相关搜索结果推荐${i}</a></li>`)
  .join('')}</ul><p>© 2026 Registrar. Privacy Policy</p></body></html>`;

/** In the second day of the shortest run. */
const NEW_PATHS_AT = Date.UTC(2026, 8, 2, 13);

export const PINNED = {
  title: '读者服务须知',
  link: 'https://news.example/service.html',
  guid: 'pinned',
  text: '投稿、订报和广告请在工作日上午九点至下午五点致电编辑部，邮件请注明姓名和联系方式。',
};

export const WAYS: readonly Way[] = [
  { name: 'plain' },
  { name: 'edits', edits: true },
  { name: 'counters', item: ({ text }, k) => ({ text: `${text} 阅读：${100 + 7 * k} 评论(${k})` }) },
  { name: 'redated', item: (_, _k, now) => ({ date: rfc822(now - 90_000) }) },
  {
    name: 'tokens',
    item: ({ n }, k) => ({ guid: null, link: `https://news.example/d?id=${n}&v=${token(`${n} ${k}`)}` }),
  },
  { name: 'paths', item: ({ n }, k) => ({ guid: null, link: `https://news.example/${token(`${n} ${k}`)}.html` }) },
  { name: 'new guids', item: ({ n }, k) => ({ guid: `${k}-${n}`, link: 'https://news.example/' }) },
  {
    name: 'new guids in a small document',
    shown: 1,
    everyHours: 30,
    item: ({ n }, k) => ({ guid: `${k}-${n}`, link: null }),
  },
  {
    name: 'two items with tokens',
    shown: 2,
    everyHours: 30,
    item: ({ n }, k) => ({ guid: null, link: `https://news.example/${token(`${n} ${k}`)}` }),
  },
  { name: 'places', item: (_, _k, _now, place) => ({ guid: String(place + 1) }) },
  {
    name: 'bulletin',
    shown: 1,
    everyHours: 24,
    title: ({ title, n }) => `${title.slice(0, 2)}早报第${n + 100}期`,
    item: () => ({ guid: null, link: 'https://news.example/today.html' }),
  },
  { name: 'reused guids', item: ({ n }) => ({ guid: `slot${n % 12}`, link: `https://news.example/slot/${n % 12}` }) },
  {
    name: 'list page',
    select: { item: 'li', title: 'a', link: 'a', date: 'span' },
    item: ({ n, at }, _k, now) => ({ link: `/list/${n}.html`, date: age(now - at) }),
    answer: (items) => ({ type: 'text/html', body: listPage(items) }),
  },
  {
    name: 'max-age',
    everyHours: 4,
    answer: (items) => ({
      headers: { 'cache-control': 'max-age=2592000' },
      body: rss(items, '<ttl>43200</ttl><skipDays><day>Sunday</day></skipDays>'),
    }),
  },
  { name: 'Beijing time', item: ({ at }) => ({ date: rfc822(at + BEIJING_MS) }) },
  {
    name: 'http and https',
    item: ({ n }, k) => {
      const link = `http${k % 2 === 0 ? '' : 's'}://news.example/flip/${n}.html`;
      return { guid: link, link };
    },
  },
  {
    name: 'errors',
    answer: (_, { k }, plain) => {
      if (k % 5 === 2) return { status: 503, body: '维护中' };
      if (k % 5 === 3)
        return {
          body: rss([{ title: 'Bridge returned error 500! (20780)', link: null, guid: `e${k}`, text: '', date: null }]),
        };
      if (k % 5 === 4) return { body: plain.body.slice(0, Math.floor(plain.body.length / 2)) };
      return plain;
    },
  },
  { name: 'undated', item: () => ({ date: null }) },
  {
    name: 'updated alone',
    item: ({ at }) => ({ date: new Date(at).toISOString() }),
    answer: (items) => ({ type: 'application/atom+xml', body: atom(items) }),
  },
  { name: 'order', answer: (items, { k }) => ({ body: rss([...items.slice(k % 3), ...items.slice(0, k % 3)]) }) },
  {
    name: 'full text',
    fullText: true,
    item: ({ text }, k, now) => ({ text: `${text.slice(0, 12)} 点击 ${k}`, date: rfc822(now - HOUR_MS) }),
  },
  {
    name: 'full text with edits',
    fullText: true,
    edits: true,
    item: ({ text }, k) => ({ text: `${text} 浏览：${k}` }),
  },
  { name: 'counters in titles', item: ({ title }, k) => ({ title: `${title}（阅读 ${100 + k}）` }) },
  {
    name: 'counters in links',
    item: ({ n }, k) => ({ guid: null, link: `https://news.example/show?aid=${n}&hits=${17 * k}` }),
  },
  { name: 'ages in texts', item: ({ text, at }, _k, now) => ({ text: `${age(now - at)} ${text}` }) },
  {
    name: 'one item with a token',
    shown: 1,
    everyHours: 30,
    item: ({ n }, k) => ({ guid: null, link: `https://news.example/${token(`${n} ${k}`)}` }),
  },
  {
    name: 'one item, made anew each time',
    shown: 1,
    everyHours: 30,
    item: ({ n, text }, k, now) => ({ guid: `n${n}`, date: rfc822(now), text: `${text} 浏览次数：${k}` }),
  },
  { name: 'paths beside guids', item: ({ n }, k) => ({ link: `https://news.example/r/${token(`${n} ${k}`)}` }) },
  {
    name: 'https by turns',
    item: ({ n }, k) => {
      const link = `http${token(`${n} ${k}`) < '8' ? 's' : ''}://news.example/mixed/${n}.html`;
      return { guid: link, link };
    },
  },
  {
    name: 'www by turns',
    item: ({ n }, k) => ({ guid: null, link: `https://${token(`w${n} ${k}`) < '5' ? 'www.' : ''}news.example/w/${n}` }),
  },
  {
    name: 'one stamp ahead',
    item: ({ n, at }, _k, now) =>
      n % 4 === 0
        ? { date: rfc822(at + 25 * MINUTE_MS) }
        : n % 9 === 1 && now > at
          ? { date: rfc822(at + BEIJING_MS) }
          : {},
  },
  { name: 'one re-dated', item: (_article, _k, now, place) => (place === 3 ? { date: rfc822(now - MINUTE_MS) } : {}) },
  { name: 'days alone', item: ({ at }) => ({ date: new Date(at + BEIJING_MS).toISOString().slice(0, 10) }) },
  {
    name: 'parked',
    answer: (_, { isBadDay }, plain) => (isBadDay ? { type: 'text/html', body: PARKED } : plain),
  },
  {
    name: 'parked list',
    select: null,
    item: ({ n, at }) => ({
      link: `/news/2026/${1000 + n}.html`,
      date: new Date(at + BEIJING_MS).toISOString().slice(0, 10),
    }),
    answer: (items, { isBadDay }) => ({ type: 'text/html', body: isBadDay ? PARKED : listPage(items) }),
  },
  {
    name: 'moved and back',
    answer: (_, { isBadDay, elsewhere }, plain) =>
      isBadDay ? { status: 301, headers: { location: `${elsewhere}/other/site` }, body: '' } : plain,
  },
  {
    name: '304 with news',
    answer: (_, { k, etag }, plain) =>
      etag !== undefined && k % 3 !== 0
        ? { status: 304, headers: { etag }, body: '' }
        : { ...plain, headers: { etag: '"stuck"' } },
  },
  {
    name: 'charsets',
    answer: (_, { k }, { body }) => {
      const declared = (charset: string) => `<?xml version="1.0" encoding="${charset}"?>${body}`;
      if (k % 3 === 0) return { type: 'text/xml; charset=gb2312', body: iconv.encode(declared('gb2312'), 'gb18030') };
      if (k % 3 === 1) return { type: 'text/xml; charset=utf-16', body: iconv.encode(body, 'utf-16') };
      return { type: 'text/xml; charset=iso-8859-1', body: declared('gbk') };
    },
  },
  {
    name: 'emptied',
    answer: (_, { isBadDay, k }, plain) => (isBadDay ? { body: k % 2 === 0 ? rss([]) : '' } : plain),
  },
  {
    name: 'torn',
    answer: (_, { k }, { body }) => ({ body: k % 2 === 0 ? body : body.slice(0, (body.length * (k % 7)) / 7) }),
  },
  {
    name: 'next pages',
    fullText: true,
    page: ([first = '', second = '', third = ''], address, k) => {
      const [, place = '1'] = /_(\d)/.exec(address) ?? [];
      const at = address.replace(/(?:_\d)?(?:\?.*)?$/, '');
      const next = `${at}_${Number(place) + 1}?t=${token(`${address} ${k}`)}`;
      const text = { 1: first, 2: second, 3: third }[place] ?? '';
      const link = place === '3' ? '' : `<a rel="next" href="${next}">下一页</a>`;
      return `<html><body><div class="article"><p>${text}</p></div>${link}</body></html>`;
    },
  },
  {
    name: 'parked pages',
    fullText: true,
    page: (paragraphs, _address, _k, isBadDay) =>
      isBadDay
        ? PARKED
        : `<html><body><article>${paragraphs.map((one) => `<p>${one}</p>`).join('')}</article></body></html>`,
  },
  {
    name: 'an old one on top',
    answer: (items, { now, k }) => {
      const top = { ...PINNED, date: rfc822(now), text: `${PINNED.text} 点击：${k}` };
      return { body: rss([top, ...items]) };
    },
  },
  {
    name: 'JSON with new ids',
    item: ({ n, at }, k) => ({ guid: `${k}.${n}`, date: new Date(at).toISOString() }),
    answer: (items) => ({ type: 'application/feed+json', body: jsonFeed(items) }),
  },
  {
    name: 'bulletin with a counter',
    shown: 1,
    everyHours: 24,
    title: ({ title, n }) => `${title.slice(0, 2)}晚报第${n + 300}期`,
    item: ({ text }, k) => ({ guid: 'latest', link: 'https://news.example/evening', text: `${text} 播放 ${k} 次` }),
  },
  {
    name: 'updated at each making',
    item: (_article, _k, now) => ({ date: new Date(now).toISOString() }),
    answer: (items) => ({ type: 'application/atom+xml', body: atom(items) }),
  },
  {
    name: 'new paths once',
    moves: true,
    item: ({ n }, _k, now) => ({
      guid: null,
      link: `https://news.example/${now < NEW_PATHS_AT ? 'old' : 'archive/2026'}/${n}.html`,
    }),
  },
];

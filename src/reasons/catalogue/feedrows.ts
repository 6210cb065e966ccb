/** Why what a server gave could not be read as a feed or a list; the second part of a code is the stage of reading. */
import { rows } from './row.ts';

export const FEED = rows({
  'feed.decode.empty': { zh: '正文是空的', en: 'the body is empty' },
  'feed.decode.blank': { zh: '正文是空的：只有空白', en: 'the body is empty: nothing but white space' },
  'feed.decode.lost': {
    params: { lost: 'count', all: 'count', charset: 'text' },
    zh: '乱码：{all} 个非 ASCII 字符里有 {lost} 个在解码前或解码时丢失（按 {charset} 读）',
    en: 'mojibake: {lost} of {all} characters beyond ASCII were lost before or while decoding (read as {charset})',
  },
  'feed.decode.overwritten': {
    params: { charset: 'text' },
    zh: '乱码：原文已成“锟斤拷”，发布之前就已丢失（按 {charset} 读）',
    en: 'mojibake: the text has U+FFFD read as GBK in place of what was written; its characters were lost before publishing (read as {charset})',
  },

  'feed.parse.html-page': {
    params: { advice: 'reason' },
    zh: '打开的是普通网页，不是订阅源；{advice}',
    en: 'got an HTML page instead of a feed; {advice}',
  },
  'feed.parse.captcha-page': {
    params: { advice: 'reason' },
    zh: '打开的是验证码页，不是订阅源；{advice}',
    en: 'got a captcha page instead of a feed; {advice}',
  },
  'feed.parse.login-page': {
    params: { advice: 'reason' },
    zh: '打开的是登录页，不是订阅源；{advice}',
    en: 'got a login page instead of a feed; {advice}',
  },
  'feed.parse.refusal-page': {
    params: { advice: 'reason' },
    zh: '打开的是拒绝访问的页面，不是订阅源；{advice}',
    en: 'got a page that refuses access instead of a feed; {advice}',
  },
  'feed.parse.not-found-page': {
    params: { advice: 'reason' },
    zh: '打开的是“找不到”页面，不是订阅源；{advice}',
    en: 'got a page that says "not found" instead of a feed; {advice}',
  },
  'feed.parse.parked-page': {
    params: { advice: 'reason' },
    zh: '打开的是域名出售或停放的页面，不是订阅源：网站的域名可能已过期；{advice}',
    en: 'got the page of a name that is parked or for sale instead of a feed: the site’s name may have lapsed; {advice}',
  },
  'feed.links.none': { zh: '页面里没有订阅源链接', en: 'it links to no feed' },
  'feed.links.some': { params: { feeds: 'names' }, zh: '页面里有订阅源 {feeds}', en: 'it links to {feeds}' },
  'feed.links.many': {
    params: { feeds: 'names', more: 'count' },
    zh: '页面里有订阅源 {feeds}，另有 {more} 个',
    en: 'it links to {feeds} and {more} more',
  },
  'feed.parse.plain-text': {
    params: { start: 'text' },
    zh: '不是订阅源：是以“{start}”开头的文字',
    en: 'no feed: plain text that begins "{start}"',
  },
  'feed.parse.no-element': { zh: '没有任何元素的 XML', en: 'an XML document without any element' },
  'feed.parse.opml': {
    zh: '是 OPML 订阅列表，不是订阅源',
    en: 'got an OPML list of feeds instead of a feed',
  },
  'feed.list.include': {
    params: { name: 'text' },
    zh: '“{name}”引用另一份列表，请单独导入',
    en: '"{name}" includes another list: import that by itself',
  },
  'feed.list.link': {
    params: { name: 'text' },
    zh: '“{name}”只是链接，不是订阅源',
    en: '"{name}" is a link and no feed',
  },
  'feed.list.no-address': {
    params: { name: 'text' },
    zh: '“{name}”没有网址',
    en: '"{name}" has no address',
  },
  'feed.parse.other-xml': {
    params: { root: 'text' },
    zh: '不是订阅源的 XML：最外层是 <{root}>',
    en: 'XML that is no feed: its outermost element is <{root}>',
  },
  'feed.parse.cut': {
    zh: '文档不完整，第一条之前就中断了',
    en: 'the document ends early, before its first item',
  },
  'feed.parse.emptied': {
    zh: '仍是订阅源，但已没有条目',
    en: 'the document is a feed, but it has no items any more',
  },
  'feed.parse.other': { params: { said: 'text' }, zh: '无法解析：{said}', en: 'it cannot be parsed: {said}' },
  'feed.parse.json-error': {
    params: { said: 'text' },
    zh: '返回的 JSON 报错：“{said}”',
    en: 'JSON with the error "{said}"',
  },
  'feed.parse.json-other': { zh: '不是订阅源的 JSON', en: 'JSON that is no feed' },
  'feed.parse.json-list': { zh: '不是订阅源的 JSON：是列表', en: 'JSON, but a list' },
  'feed.parse.json-keys': {
    params: { keys: 'names' },
    zh: '不是订阅源的 JSON（含有 {keys}）',
    en: 'JSON that is no feed (it has {keys})',
  },
  'feed.parse.json-broken': { params: { said: 'text' }, zh: '损坏的 JSON：{said}', en: 'broken JSON: {said}' },

  'feed.parse.json-bounds': {
    params: { depth: 'count', nodes: 'count' },
    zh: 'JSON 嵌套超过 {depth} 层，或对象和列表超过 {nodes} 个：未读取',
    en: 'JSON with more than {depth} levels, or more than {nodes} objects and lists: not read',
  },

  'feed.select.nothing': {
    params: { selector: 'text' },
    zh: 'select.item “{selector}”在页面上没有选中任何元素',
    en: 'select.item "{selector}" matches nothing on the page',
  },
  'feed.select.no-links': {
    params: { selector: 'text', elements: 'count' },
    zh: 'select.item “{selector}”选中 {elements} 个元素，但没有一个有标题和链接',
    en: 'select.item "{selector}" matches {elements} elements, but none has a title and a link',
  },
  'feed.list.article': {
    zh: '这一页是文章，不是新闻列表',
    en: 'the page is an article, not a list of news',
  },
  'feed.list.navigation': {
    params: { links: 'count' },
    zh: '页面的 {links} 个链接都是导航，没有新闻列表',
    en: 'none of the {links} {links|link|links} of the page leads to news: navigation only',
  },
  'feed.list.nothing': {
    params: { host: 'text' },
    zh: '{host} 的页面里没有链接',
    en: 'the page of {host} has no links',
  },
  'feed.list.empty': { zh: '栏目是空的：页面写明暂无内容', en: 'the channel is empty, as its page says' },
  'feed.list.moved': {
    zh: '页面是网站搬迁、改版或维护的通知',
    en: 'the page is a notice that the site has moved or is being rebuilt',
  },
  'page.list': {
    params: { items: 'count', dated: 'percent' },
    zh: '一个新闻列表，{items} 条，{dated} 有日期',
    en: 'a list of {items} {items|item|items}, {dated} with a date',
  },
  'page.front': {
    params: { items: 'count', dated: 'percent' },
    zh: '首页或频道页，{items} 条，{dated} 有日期',
    en: 'a front page with {items} {items|item|items}, {dated} with a date',
  },
  'page.healed': {
    params: { shown: 'reason', at: 'moment' },
    zh: '{shown}；页面改版，{at} 重新找到',
    en: '{shown}; found again at {at}, after the page had changed',
  },
  'source.find.no-address': {
    params: { typed: 'text' },
    zh: '“{typed}”不是网址：请填网站、频道或订阅源的地址',
    en: '"{typed}" is no address: give that of a site, a channel or a feed',
  },
  'source.find.none': {
    params: { why: 'reason' },
    zh: '没有订阅源，没有订阅源的链接，页面里也没有新闻列表（{why}）',
    en: 'no feed, no link to one, and no list of news in it ({why})',
  },
  'source.find.too-long': {
    params: { ms: 'span' },
    zh: '{ms}内没有找到：这个网站应答太慢',
    en: 'nothing was found within {ms}: the site answers too slowly',
  },
  'feed.list.none': { zh: '这不是 OPML 订阅列表', en: 'this is no OPML list of subscriptions' },
  'feed.list.other': {
    params: { items: 'count' },
    zh: '原来的新闻列表处换成了另一个列表（{items} 条，网址形式陌生）：等下一次抓取确认',
    en: 'another list stands here ({items} {items|item|items} at addresses of an unknown form); waiting for a second poll',
  },
  'feed.list.refresh': {
    params: { url: 'text' },
    zh: '页面只是跳转到 {url}：请改用这个网址',
    en: 'the page does nothing but lead on to {url}: use that address',
  },
  'feed.list.script': {
    zh: '页面的内容由脚本生成，不执行脚本就没有新闻列表',
    en: 'scripts make the page: without them it shows no list of news',
  },
  'feed.list.parked-page': {
    zh: '打开的是域名出售或停放的页面，不是新闻列表：网站的域名可能已过期',
    en: 'got the page of a name that is parked or for sale instead of a list of news: the site’s name may have lapsed',
  },
  'feed.list.captcha-page': {
    zh: '打开的是验证码页，不是新闻列表',
    en: 'got a captcha page instead of a list of news',
  },
  'feed.list.login-page': { zh: '打开的是登录页，不是新闻列表', en: 'got a login page instead of a list of news' },
  'feed.list.refusal-page': {
    zh: '打开的是拒绝访问的页面（防火墙），不是新闻列表',
    en: 'got a page that refuses access (a firewall) instead of a list of news',
  },
  'feed.list.not-found-page': {
    zh: '打开的是“找不到”页面，不是新闻列表',
    en: 'got a page that says "not found" instead of a list of news',
  },
  'feed.select.faulty': {
    params: { said: 'text' },
    zh: '选择器有误：{said}',
    en: 'a selector is wrong: {said}',
  },
  'feed.linked': {
    params: { why: 'reason', feeds: 'names' },
    zh: '{why}（{feeds}）',
    en: '{why} ({feeds})',
  },
  'read.file.missing': {
    zh: '没有这个文件，配置里也没有这个编号的来源',
    en: 'no such file, and no source of the config has this id',
  },
  'read.file.too-large': {
    params: { limit: 'bytes' },
    zh: '文件超过允许的 {limit}',
    en: 'it is larger than {limit} (`fetch.maxBytes`)',
  },
  'read.file.other': { params: { said: 'text' }, zh: '无法读取文件：{said}', en: 'it cannot be read: {said}' },
  'feed.redirected': {
    params: { why: 'reason', url: 'text' },
    zh: '{why}（跳转到 {url} 之后）',
    en: '{why} (after a redirect to {url})',
  },
});

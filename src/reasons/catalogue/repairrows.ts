/** What was repaired on the way from a publisher's bytes to an entry. */
import { rows } from './row.ts';

export const REPAIR = rows({
  'repair.xml.ends-early': { zh: '文档不完整', en: 'the document ends early' },
  'repair.xml.item-not-closed': { zh: '有条目没有结束标记', en: 'an item that was not closed' },
  'repair.xml.not-closed': {
    params: { element: 'text' },
    zh: '<{element}> 没有结束标记',
    en: '<{element}> that was not closed',
  },
  'repair.xml.too-deep': {
    params: { most: 'count' },
    zh: '略去嵌套超过 {most} 层的元素',
    en: 'elements nested deeper than {most} left out',
  },
  'repair.xml.bare-ampersand': { zh: '未转义的 & 当作文字', en: 'bare & taken as text' },
  'repair.xml.html-entities': {
    zh: '解开了 XML 不认识的 HTML 实体',
    en: 'HTML entities that XML does not know resolved',
  },
  'repair.cap.items': {
    params: { most: 'count' },
    zh: '略去第 {most} 条之后的条目',
    en: 'items after the first {most} left out',
  },
  'repair.cap.parts': {
    params: { most: 'count' },
    zh: '一个字段只读前 {most} 个标签和文字段',
    en: 'of one field, only the first {most} tags and texts read',
  },
  'repair.cap.tags': {
    params: { most: 'count' },
    zh: '略去第 {most} 个标签之后的内容',
    en: 'what follows the first {most} tags left out',
  },
  'repair.cap.page': { zh: '网页过长，略去了后面的内容', en: 'the page is too long: its end left out' },
  'repair.cap.enclosures': {
    params: { most: 'count' },
    zh: '略去第 {most} 个之后的附件',
    en: 'enclosures after the first {most} left out',
  },
  'repair.cap.authors': {
    params: { most: 'count' },
    zh: '略去第 {most} 位之后的作者',
    en: 'authors after the first {most} left out',
  },
  'repair.cap.categories': {
    params: { most: 'count' },
    zh: '略去第 {most} 个之后的分类',
    en: 'categories after the first {most} left out',
  },
  'repair.cap.name': {
    params: { most: 'count' },
    zh: '作者、来源或分类的名称截到 {most} 个字符',
    en: 'the name of an author, outlet or category cut to {most} characters',
  },
  'repair.cap.title': {
    params: { most: 'count' },
    zh: '标题截到 {most} 个字符',
    en: 'title cut to {most} characters',
  },
  'repair.cap.markup': {
    params: { most: 'count' },
    zh: '正文或摘要截到 {most} 个字符',
    en: 'content or summary cut to {most} characters',
  },
  'repair.cap.address': {
    params: { most: 'count' },
    zh: '略去超过 {most} 个字符的网址',
    en: 'an address of more than {most} characters left out',
  },
  'repair.cap.guid': {
    params: { most: 'count' },
    zh: '不用超过 {most} 个字符的标识',
    en: 'an identifier of more than {most} characters not used',
  },
  'repair.json.no-version': { zh: 'JSON Feed 没有写版本', en: 'JSON Feed without its version' },
  'repair.items-folded': {
    params: { items: 'count' },
    zh: '合并了 {items} 个重复的条目',
    en: '{items} repeated {items|item|items} folded',
  },
  'repair.select.left-out': {
    params: { left: 'count', elements: 'count' },
    zh: '选中的 {elements} 个元素里有 {left} 个没有标题或链接',
    en: '{left} of {elements} selected elements have no title or link',
  },
  'repair.select.limited': {
    params: { most: 'count', elements: 'count' },
    zh: '选中的 {elements} 个元素只读了前 {most} 个',
    en: 'only the first {most} of {elements} selected elements read',
  },

  'repair.charset.label': {
    params: { label: 'text', charset: 'text' },
    zh: '标称 {label}，其实是 {charset}',
    en: 'labelled {label}, is {charset}',
  },
  'repair.charset.damaged': {
    params: { bytes: 'bytes' },
    zh: '略去 {bytes}损坏的 UTF-8',
    en: '{bytes} of damaged UTF-8 left out',
  },
  'repair.charset.sniffed': {
    params: { charset: 'text' },
    zh: '检测到编码是 {charset}',
    en: 'charset sniffed as {charset}',
  },
  'repair.charset.unknown': { zh: '编码不明，按 windows-1252 读', en: 'charset unknown, read as windows-1252' },
  'repair.charset.lost': { zh: '略去发布时已丢失的字符', en: 'characters lost in publishing left out' },
  'repair.charset.controls': { zh: '去掉了控制字符', en: 'control characters removed' },
  'repair.charset.utf8-as-latin1': {
    zh: '被当作 Latin-1 的 UTF-8 已重新解码',
    en: 'UTF-8 that had been read as Latin-1 read again',
  },
  'repair.charset.gbk-as-latin1': {
    zh: '被当作 Latin-1 的 GBK 已重新解码',
    en: 'GBK that had been read as Latin-1 read again',
  },
  'repair.charset.utf8-as-gbk': {
    zh: '被当作 GBK 的 UTF-8 已重新解码',
    en: 'UTF-8 that had been read as GBK read again',
  },

  'repair.date.year': { params: { text: 'text' }, zh: '“{text}”补上了年份', en: 'year of "{text}" completed' },
  'repair.date.unix': { zh: '日期写的是 Unix 时间', en: 'date given as a Unix time' },
  'repair.date.relative': {
    params: { text: 'text' },
    zh: '“{text}”从读取的时刻算起',
    en: '"{text}" counted from the time of reading',
  },
  'repair.date.zone': {
    params: { zone: 'text' },
    zh: '日期没有时区，按 {zone} 读',
    en: 'date without a zone read as {zone}',
  },
  'repair.date.beijing': {
    zh: '标成 GMT 的北京时间已拨回八小时',
    en: 'Beijing time labelled as GMT set back by eight hours',
  },
  'repair.date.published-impossible': {
    params: { text: 'text' },
    zh: '发布时间“{text}”不是可能的日期',
    en: 'published "{text}" is no possible date',
  },
  'repair.date.updated-impossible': {
    params: { text: 'text' },
    zh: '更新时间“{text}”不是可能的日期',
    en: 'updated "{text}" is no possible date',
  },
  'repair.items-renamed': {
    zh: '条目的网址或 guid 每次都不同，改按标题和日期辨认',
    en: 'links or guids of its items are other ones each time: told by title and date instead',
  },
  'repair.text.other-page': {
    zh: '全文页是别的内容（验证、提示或错误页），保留来源自带的文字',
    en: 'its page says something else (a check, a notice, an error): the text of the feed is kept',
  },
  'repair.issue.missing': {
    params: { pages: 'count' },
    zh: '这一期有 {pages} 个版面没有取到，下次再取',
    en: '{pages} {pages|page|pages} of the issue did not come; the next poll asks again',
  },
  'repair.date.arrives-as-beijing': {
    zh: '几次抓取中，新条目都在标成 GMT 的时间之前约八小时出现：这些时间是北京时间',
    en: 'at several polls, new items came eight hours before their times labelled GMT: they are Beijing time',
  },
  'repair.date.of-making': {
    zh: '所有条目的日期都是生成订阅源的时刻，新条目以首次看到的时间为准',
    en: 'all dates are those of the moment the feed was made: new items are dated by when they were first seen',
  },
  'repair.date.from-text': { zh: '日期取自条目里的文字', en: 'date taken from bare text in the item' },
  'repair.date.from-address': { zh: '日期取自网址', en: 'date taken from the address' },
  'repair.date.from-tracking-number': {
    zh: '发布时间取自页面的跟踪编号',
    en: 'time of publication read from the tracking number',
  },

  'repair.title.from-text': { zh: '标题取自第一句', en: 'title taken from the first sentence' },
  'repair.outlet.contradicted': {
    params: { claimed: 'text', dateline: 'text' },
    zh: '来源写的是{claimed}，电头写的是{dateline}',
    en: 'source line says {claimed}, dateline says {dateline}',
  },
  'repair.text.spam': { zh: '去掉了植入的垃圾内容', en: 'injected spam removed' },
  'repair.text.pinyin': { zh: '去掉了括号里的拼音', en: 'pinyin in brackets removed' },
  'repair.text.commas': { zh: '去掉了重复的逗号', en: 'doubled commas removed' },
  'repair.text.cut': { zh: '正文过长，略去了后面的内容', en: 'too long: the end of the text left out' },
  'repair.text.fetched': {
    params: { pages: 'count' },
    zh: '取了 {pages} 页全文',
    en: 'full text of {pages} {pages|page|pages} fetched',
  },
});

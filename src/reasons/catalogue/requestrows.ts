/** What is wrong with a request: with the parameters of a feed's or the ledger's address, and with what a form sends. */
import { rows } from './row.ts';

export const REQUEST = rows({
  'request.from-elsewhere': {
    zh: '这个请求来自另一个网站的页面，没有执行',
    en: 'this request came from a page of another site and was refused',
  },
  'request.region.unknown': {
    params: { region: 'text' },
    zh: '地区：没有叫“{region}”的省、市、县或分组',
    en: 'region: no province, city, county or group is called "{region}"',
  },
  'request.region.several': {
    params: { region: 'text', regions: 'count' },
    zh: '地区：“{region}”包含 {regions} 个地区，只能选其中一个',
    en: 'region: "{region}" stands for {regions} regions; ask for one of them',
  },
  'request.source.unknown': {
    params: { source: 'text' },
    zh: '来源：没有来源“{source}”',
    en: 'source: there is no source "{source}"',
  },
  'request.decision': {
    params: { known: 'names', given: 'text' },
    zh: '结果：应为 {known} 之一，而不是“{given}”',
    en: 'decision: {known}, not "{given}"',
  },
  'request.since': {
    params: { given: 'text' },
    zh: '开始日期：应为 2026-01-31 这样的日期，而不是“{given}”',
    en: 'since: a date such as 2026-01-31, not "{given}"',
  },
  'request.until': {
    params: { given: 'text' },
    zh: '结束日期：应为 2026-01-31 这样的日期，而不是“{given}”',
    en: 'until: a date such as 2026-01-31, not "{given}"',
  },
  'request.before': {
    params: { given: 'text' },
    zh: '`before`：应为收录记录的编号，而不是“{given}”',
    en: 'before: an id of the ledger, not "{given}"',
  },
  'request.whole': {
    params: { name: 'text', most: 'count', given: 'text' },
    zh: '`{name}`：应为 1 到 {most} 的整数，而不是“{given}”',
    en: '{name}: a whole number from 1 to {most}, not "{given}"',
  },
  'request.choice': {
    params: { name: 'text', known: 'choices', given: 'text' },
    zh: '`{name}`：应为 {known} 之一，而不是“{given}”',
    en: '{name}: {known}, not "{given}"',
  },
  'request.once': {
    params: { name: 'text' },
    zh: '`{name}`：只能给出一次',
    en: '{name}: given more than once; once is enough',
  },
  'request.too-many': {
    params: { name: 'text', most: 'count', given: 'count' },
    zh: '`{name}`：一次最多 {most} 个，而不是 {given} 个',
    en: '{name}: at most {most} at once, not {given}',
  },
  'request.words.too-long': {
    params: { most: 'count', given: 'count' },
    zh: '关键词：最多 {most} 个字，而不是 {given} 个',
    en: 'q: at most {most} characters, not {given}',
  },
  'request.day': {
    params: { given: 'text' },
    zh: '`day`：应为 2026-02-03 这样的日期，而不是“{given}”',
    en: 'day: a date such as 2026-02-03, not "{given}"',
  },
  'request.day.alone': {
    zh: '`day`：一天的内容一次给全，不能同时用 `limit` 和 `page`',
    en: 'day: a day comes whole, without limit and page',
  },
  'request.after': {
    params: { given: 'text' },
    zh: '`after`：“{given}”不是一页的结尾',
    en: 'after: not the end of a page: "{given}"',
  },
  'request.why.one': {
    zh: '要给出 `url`、`id`、`title` 中的一个',
    en: 'one of url, id and title is needed',
  },
  'request.why.unknown': {
    zh: '没有存下这个地址、编号或标题的条目',
    en: 'no entry with this address, id or title is stored',
  },
  'request.edition.unknown': {
    params: { edition: 'text', known: 'names' },
    zh: '没有版面“{edition}”；现有 {known}',
    en: 'there is no edition "{edition}"; there are {known}',
  },
  'request.shown': {
    params: { given: 'text' },
    zh: '`shown`：“{given}”不是上一页给出的值',
    en: 'shown: not what an earlier page gave: "{given}"',
  },
  'request.after.first-page': { zh: '`after`：只用于第 2 页及以后', en: 'after: belongs to a page from 2 on' },

  'request.feed.unknown': {
    params: { feed: 'text', editions: 'names', formats: 'names' },
    zh: '没有订阅源“{feed}”。版面：{editions}；格式：{formats}',
    en: 'there is no feed "{feed}". Editions: {editions}; each as {formats}',
  },
  'request.feed.busy': {
    zh: '筛选订阅的请求太多，请稍后再试；未经筛选的订阅照常提供',
    en: 'too many narrowed feeds at once; plain ones are served',
  },
  'request.ready.store': { zh: '数据库暂时不可用', en: 'the store is unavailable' },
  'request.ready.processes': { zh: '部分任务没有进程处理', en: 'no process does a part of the work' },
  'request.ready.network': { zh: '本机网络断开', en: 'the network is away' },
  'request.ready.clock': { zh: '系统时钟刚刚改动过', en: 'the clock was set a short while ago' },
  'request.ready.other': { zh: '暂时无法正常工作', en: 'it cannot do all its work for now' },
  'request.no-source': { params: { source: 'text' }, zh: '没有来源“{source}”', en: 'there is no source "{source}"' },
  'request.source-paused': {
    params: { source: 'text', file: 'text', line: 'count' },
    zh: '来源“{source}”已停用（{file} 第 {line} 行）',
    en: 'source "{source}" is disabled ({file}:{line})',
  },

  // Of requests that do not come as far as a page: `said` are the words of the HTTP server.
  'request.malformed': { params: { said: 'text' }, zh: '请求的格式有误', en: '{said}' },
  'request.too-large': { params: { said: 'text' }, zh: '提交的内容太大', en: '{said}' },
  'request.media-type': { params: { said: 'text' }, zh: '不接受这种格式的内容', en: '{said}' },
  'request.refused': { params: { status: 'status', said: 'text' }, zh: '请求未被接受：{status}', en: '{said}' },
});

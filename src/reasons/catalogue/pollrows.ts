/** Why the next poll of a source is when it is, and why a hub does not push it. */
import { rows } from './row.ts';

export const POLL = rows({
  'poll.schedule': { params: { expression: 'cron' }, zh: '定时：{expression}', en: 'by schedule, {expression}' },
  'poll.then-schedule': {
    params: { why: 'reason', expression: 'cron' },
    zh: '{why}；之后恢复定时：{expression}',
    en: '{why}; from then on by schedule, {expression}',
  },
  'poll.back-off': {
    params: { failures: 'count', wait: 'span' },
    zh: '连续失败 {failures} 次，{wait}后再试',
    en: '{failures} failed {failures|poll|polls} in a row: back-off of {wait}',
  },
  'poll.server-asked': {
    params: { wait: 'span' },
    zh: '服务器要求 {wait}后再来',
    en: 'the server asked to come back in {wait}',
  },
  'poll.host-rests': {
    params: { host: 'text', wait: 'span' },
    zh: '{host} 要求 {wait}内不要访问',
    en: '{host} asked for a pause of {wait}',
  },
  'poll.pushed': {
    params: { hub: 'text' },
    zh: '{hub} 会推送新内容，每天只抓取一次作为保障',
    en: '{hub} pushes what is new: polled once a day as a safety net',
  },
  'poll.skip-times': { zh: '订阅源要求在那之前不要抓取', en: 'the feed asks not to be polled before then' },
  'poll.feed-asked': {
    params: { wait: 'span' },
    zh: '订阅源要求每次间隔 {wait}',
    en: 'the feed asks for {wait} between polls',
  },
  'poll.before-lost': {
    params: { wait: 'span' },
    zh: '它只保留最近的内容，为不漏掉，{wait}后再抓取',
    en: 'it holds only its latest news: asked again in {wait}, before any leaves it unseen',
  },
  'poll.moved-elsewhere': {
    params: { url: 'text' },
    zh: '被转到了看似另一个网站的 {url}，内容全都不同，暂不收入；如果没错，请在来源的配置里改用它',
    en: 'moved to what looks like another site, {url}, with other news: held back; where that is right, make it the url of this source',
  },
  'poll.bridge-error': {
    params: { said: 'text' },
    zh: '转换服务没有给出内容，只给出错误：{said}',
    en: 'a bridge gave its error in place of news: {said}',
  },
  'poll.fresh': {
    params: { wait: 'span' },
    zh: '服务器说这次的内容 {wait}内有效',
    en: 'the server calls its answer fresh for {wait}',
  },
  'poll.rhythm-unknown': {
    params: { wait: 'span' },
    zh: '还不了解它的更新规律，{wait}后再抓取',
    en: 'nothing is known of its rhythm yet: asked again in {wait}',
  },
  'poll.rhythm-daily': {
    params: { entries: 'count', at: 'clock' },
    zh: '日均约 {entries} 条，预计 {at} 再抓取',
    en: 'about {entries} {entries|entry|entries} a day: next check expected to pay off at {at}',
  },
  'poll.rhythm-rare': {
    params: { gap: 'span', at: 'clock' },
    zh: '平均 {gap}一条，预计 {at} 再抓取',
    en: 'about one entry every {gap}: next check expected to pay off at {at}',
  },
  'poll.push-unreadable': {
    params: { hub: 'text', why: 'reason' },
    zh: '{hub} 推送的内容无法读取（{why}），改为直接抓取',
    en: 'what {hub} sent could not be read ({why}): asked for by itself',
  },
  'poll.broken': {
    params: { said: 'text' },
    zh: '本机出错，抓取没有完成：{said}',
    en: 'a fault here, not of the source, ended the poll: {said}',
  },
  'poll.store-lost': {
    zh: '数据库重启时丢了刚写入的内容，重新抓取',
    en: 'Redis restarted without what it had taken last: asked again',
  },
  'poll.network-away': {
    zh: '本机网络断开，恢复后再抓取，不算源的失败',
    en: 'the network of this machine is away: asked again when it is back, and not counted as a failure',
  },
  'poll.push-overtaken': {
    params: { hub: 'text' },
    zh: '{hub} 推送的内容比上次抓取的旧，重新抓取',
    en: 'what {hub} sent was older than the last poll: asked again',
  },
  'poll.push-empty': { zh: '内容是空的', en: 'it is empty' },
  'poll.lease-ended': {
    params: { hub: 'text' },
    zh: '{hub} 的推送订阅已到期，恢复正常抓取',
    en: 'the lease of {hub} ended: polled as usual again',
  },
  'poll.unreachable': {
    zh: '推送服务已无法访问本机，恢复正常抓取',
    en: 'this server is not reachable for hubs any more: polled as usual again',
  },

  'websub.denied': { zh: '没有说明原因', en: 'no reason given' },
  'websub.denied.said': { params: { said: 'text' }, zh: '对方的说明：{said}', en: 'it says: {said}' },
  'websub.lease-ended': { zh: '推送订阅已到期', en: 'the lease ended' },
});

/** What operators are told, what they did by hand, and what could not be published. */
import { rows } from './row.ts';

export const DESK = rows({
  'alert.healthy': { zh: '已恢复正常抓取', en: 'polls bring its feed again' },
  'alert.stale': { zh: '能访问，但没有新内容', en: 'it responds, but nothing new came' },
  'alert.stale-since': {
    params: { since: 'moment' },
    zh: '能访问，但 {since} 以来没有新内容',
    en: 'it responds, but nothing new came since {since}',
  },
  'alert.failing': { zh: '抓取失败', en: 'it is failing' },
  'alert.changed': { zh: '返回的内容已不是订阅源', en: 'it is changed' },
  'alert.gone': { zh: '源已下线', en: 'it is gone' },

  'redis.memory-short': {
    params: { used: 'bytes', most: 'bytes' },
    zh: '数据库已用 {used}，上限 {most}：满了就存不进新条目。调高上限，或减少保留的条目',
    en: 'Redis uses {used} of the {most} that it may: once full, it takes no entry more. Raise its maxmemory, or keep fewer entries',
  },

  'redis.readonly': {
    zh: '数据库变成了只读的副本，存不进新内容。`REDIS_URL` 要指向主库；每十秒重新连接一次',
    en: 'Redis became a read-only replica and takes nothing new. REDIS_URL has to lead to the primary; a new connection is tried every ten seconds',
  },
  'redis.full': {
    zh: '数据库内存已满，存不进新内容。调高上限（`maxmemory`），或减少保留的条目',
    en: 'Redis is out of memory and takes nothing new. Raise its maxmemory, or keep fewer entries',
  },
  'redis.disk': {
    params: { said: 'text' },
    zh: '数据库写不了磁盘，因此不再写入。查看磁盘空间和数据库日志：{said}',
    en: 'Redis cannot write to its disk and takes nothing new. Look at the disk’s room and at the log of Redis: {said}',
  },
  'redis.loading': { zh: '数据库正在载入数据，请稍候', en: 'Redis loads its data: wait for it' },
  'redis.away': {
    params: { said: 'stored' },
    zh: '连不上数据库，查看它是否在运行：{said}',
    en: 'Redis does not answer: look whether it runs: {said}',
  },
  'redis.refused': {
    params: { said: 'text' },
    zh: '数据库拒绝了密码或权限，检查 `REDIS_URL`：{said}',
    en: 'Redis refuses the password or the permission: look at REDIS_URL: {said}',
  },
  'network.away': {
    params: { hosts: 'count' },
    zh: '本机网络断开：{hosts} 个网站都连不上，没有一个有应答。检查网络、域名解析和防火墙；恢复后会重新抓取',
    en: 'the network is away: none of {hosts} hosts can be reached. Look at the network, the name server and the firewall; sources are asked again once one answers',
  },
  'clock.ahead': {
    params: { host: 'text', by: 'span' },
    zh: '{host} 的时钟跳快了 {by}（或机器休眠过），核对时间；十分钟后按新时间运行',
    en: 'the clock of {host} went ahead by {by}, or the machine slept. See that it is right; after ten minutes it is taken to be',
  },
  'clock.back': {
    params: { host: 'text', by: 'span' },
    zh: '{host} 的时钟调慢了 {by}，核对时间；十分钟后按新时间运行',
    en: 'the clock of {host} was set back by {by}. See that it is right; after ten minutes it is taken to be',
  },
  'work.no-scheduler': {
    zh: '没有运行中的 `scheduler`：到时间的来源不会被抓取。启动：`deltawire start --role scheduler`',
    en: 'no scheduler runs: no source comes due. Start one: `deltawire start --role scheduler`',
  },
  'work.no-worker': {
    zh: '没有运行中的 `worker`：任务在排队，没有人处理。启动：`deltawire start --role worker`',
    en: 'no worker runs: jobs wait and nobody does them. Start one: `deltawire start --role worker`',
  },

  'operator.split': {
    params: { story: 'text' },
    zh: '人工从报道 {story} 拆出',
    en: 'split by hand from story {story}',
  },
  'operator.join': {
    params: { story: 'text', into: 'text' },
    zh: '人工归并：报道 {story} 并入报道 {into}',
    en: 'joined by hand: story {story} is part of story {into}',
  },

  'operator.withdraw': {
    params: { said: 'text' },
    zh: '人工撤稿：{said}',
    en: 'withdrawn by hand: {said}',
  },
  'operator.publish-again': { zh: '撤销撤稿，重新发布', en: 'published again: no longer withdrawn' },

  'operator.remove-source': {
    params: { source: 'text' },
    zh: '来源 {source} 已移除，它的条目一并撤下',
    en: 'taken out with its source {source}, which was removed',
  },

  'publish.left-out': {
    params: { edition: 'text', why: 'reason' },
    zh: '没有进入版面 {edition}：{why}',
    en: 'left out of edition {edition}: {why}',
  },
  'publish.no-id': { zh: '报道没有编号', en: 'the story has no id' },
  'publish.no-address': {
    zh: '报道和它在本站的页面都没有网址',
    en: 'neither the story nor its page here has a web address',
  },
  'publish.no-date': { zh: '报道的时间都不是有效日期', en: 'no time of the story is a date' },
  'publish.empty': { zh: '报道既没有标题也没有正文', en: 'the story has neither a title nor text' },
  'publish.twice': { zh: '报道在这一版里重复', en: 'the story stands twice in the edition' },
  'publish.damaged': {
    params: { said: 'text' },
    zh: '存储的报道已损坏：{said}',
    en: 'the stored story is damaged: {said}',
  },
});

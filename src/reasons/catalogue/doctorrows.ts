/** What `deltawire doctor` finds, and what to do about it; what of Redis's settings would lose entries. */
import { rows } from './row.ts';

export const DOCTOR = rows({
  'redis.too-old': {
    params: { version: 'text', least: 'text' },
    zh: 'Redis {version} 太旧，需要 {least} 或更新的版本',
    en: 'Redis {version} is too old: {least} or newer is needed',
  },
  'redis.evicts': {
    params: { policy: 'text' },
    zh: '`maxmemory-policy` 是 {policy}：内存满了会丢掉任务和条目。设为 `maxmemory-policy noeviction`',
    en: 'maxmemory-policy is {policy}: a full Redis would throw jobs and entries away. Set `maxmemory-policy noeviction`',
  },
  'redis.unbounded': {
    zh: '数据库没有设 `maxmemory`，可能占满整台机器的内存。按机器能让出的内存设置 `maxmemory`',
    en: 'Redis has no maxmemory: what it holds may take all memory of its machine. Set `maxmemory` to what the machine can spare',
  },
  'redis.keeps-nothing': {
    zh: '数据库什么都不写入磁盘，一重启条目和记录就全没了。设置 `appendonly yes`',
    en: 'Redis keeps nothing on disk: a restart loses every entry and decision. Set `appendonly yes`',
  },
  'redis.snapshots': {
    zh: '数据库只存快照，崩溃会丢掉上次快照之后的内容。设置 `appendonly yes`',
    en: 'Redis writes snapshots only: a crash loses what came since the last one. Set `appendonly yes`',
  },
  'redis.replica': {
    zh: '这个数据库是副本，请给出主库的地址',
    en: 'this Redis is a replica: give the address of the primary',
  },
  'store.unreadable': {
    params: { records: 'count' },
    zh: '{records} 条存储的记录读不出来，已跳过。修复：`deltawire doctor --fix`',
    en: '{records} stored {records|record|records} cannot be read and {records|is|are} skipped. Mend: `deltawire doctor --fix`',
  },
  'doctor.record': {
    params: { key: 'text', said: 'text' },
    zh: '{key} 读不出来：{said}',
    en: '{key} cannot be read: {said}',
  },
  'doctor.mended': { params: { key: 'text' }, zh: '{key} 已修复', en: '{key} is mended' },
  'doctor.again': {
    params: { key: 'text' },
    zh: '{key} 已移开，它的来源会重新完整抓取',
    en: '{key} is set aside; its source is read whole again',
  },
  'doctor.aside': {
    params: { key: 'text' },
    zh: '{key} 已移开（保留三十天）',
    en: '{key} is set aside (kept for thirty days)',
  },
  'doctor.config': {
    params: { sources: 'count', editions: 'count' },
    zh: '配置无误：{sources} 个来源，{editions} 个版面',
    en: 'the config is whole: {sources} {sources|source|sources}, {editions} {editions|edition|editions}',
  },
  'doctor.store': {
    params: { used: 'bytes' },
    zh: '数据库能读能写，已用 {used}',
    en: 'Redis reads and writes; it uses {used}',
  },
  'doctor.store-away': {
    params: { said: 'stored' },
    zh: '连不上数据库：{said}。检查它是否在运行、`REDIS_URL` 是否正确',
    en: 'Redis cannot be used: {said}. See whether it runs, and whether REDIS_URL is right',
  },
  'doctor.no-data': {
    params: { folder: 'text' },
    zh: '还没有数据文件夹 {folder}，启动时会建立：`deltawire start`；在别处的，设置 `DELTAWIRE_DATA`',
    en: 'there is no data folder {folder} yet: `deltawire start` makes it; where it lies elsewhere, set DELTAWIRE_DATA',
  },
  'doctor.disk': {
    params: { free: 'bytes', folder: 'text' },
    zh: '{folder} 所在磁盘还有 {free}',
    en: '{free} are free on the disk of {folder}',
  },
  'doctor.disk-short': {
    params: { free: 'bytes', folder: 'text' },
    zh: '{folder} 所在磁盘只剩 {free}：满了就存不进新条目。清理磁盘，或减少保留的条目（`retention`）',
    en: 'only {free} are free on the disk of {folder}: once it is full, no entry is taken. Make room, or keep fewer entries (`retention`)',
  },
  'doctor.network': {
    params: { asked: 'count' },
    zh: '网络正常：抽查的 {asked} 个来源都有应答',
    en: 'the network works: all {asked} sources that were asked answered',
  },
  'doctor.network-some': {
    params: { failed: 'count', asked: 'count', why: 'reason' },
    zh: '抽查的 {asked} 个来源里有 {failed} 个没有响应（{why}）。逐个查看：`deltawire check --fetch`',
    en: '{failed} of {asked} sources that were asked did not answer ({why}). Look at each: `deltawire check --fetch`',
  },
  'doctor.offline': {
    params: { asked: 'count', why: 'reason' },
    zh: '抽查的 {asked} 个来源都连不上（{why}）：检查网络、域名解析和防火墙',
    en: 'none of {asked} sources that were asked can be reached ({why}): look at the network, the name server and the firewall',
  },
  'doctor.no-sources': {
    zh: '没有启用的来源，不用抽查网络',
    en: 'no source is enabled: nothing to ask the network for',
  },
  'doctor.clock': { zh: '时钟准确', en: 'the clock is right' },
  'doctor.clock-off': {
    params: { off: 'span', than: 'text' },
    zh: '本机时钟与 {than} 相差 {off}：开启自动对时（`timedatectl set-ntp true`）',
    en: 'the clock of this machine and that of {than} differ by {off}: have it set by itself (`timedatectl set-ntp true`)',
  },
  'doctor.clock-unknown': {
    zh: '没有可以对照的时间',
    en: 'there is no other clock to compare with',
  },
  'doctor.workers': {
    params: { processes: 'count' },
    zh: '{processes} 个进程在运行，各项工作都有人做',
    en: '{processes} {processes|process runs|processes run}, and every part of the work is done',
  },
  'doctor.no-daemon': {
    zh: '没有进程在运行。启动：`deltawire start`',
    en: 'deltawire does not run. Start it: `deltawire start`',
  },
  'doctor.records': { zh: '存储的记录都能读', en: 'every stored record can be read' },
});

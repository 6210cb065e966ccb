/** What commands of the command line say of their work. */
import { rows } from './row.ts';

export const COMMAND = rows({
  'command.open-files': {
    params: { limit: 'count', least: 'count' },
    zh: '系统只允许打开 {limit} 个文件，至少要 {least} 个。先运行 `ulimit -n 1024`；作为服务运行时设 `LimitNOFILE=1024`，在容器里运行时加 `--ulimit nofile=1024`',
    en: 'the system lets this program open {limit} files, and it needs {least}. Run `ulimit -n 1024` before it; in systemd set LimitNOFILE=1024, in Docker --ulimit nofile=1024',
  },
  'backup.done': {
    params: { file: 'text', size: 'bytes' },
    zh: '已备份到 {file}（{size}）：数据库和配置。里面有登录信息，请妥善保管',
    en: 'the store and the config are in {file} ({size}). It holds logins: keep it safe',
  },
  'backup.exists': {
    params: { file: 'text' },
    zh: '{file} 已经存在，换一个文件名',
    en: '{file} is there already: choose another name',
  },
  'backup.no-program': {
    params: { program: 'text', debian: 'text' },
    zh: '这台机器上没有 `{program}`：先安装（`apt-get install {debian}`）',
    en: 'no {program} on this machine: install it (Debian, Ubuntu: `apt-get install {debian}`)',
  },
  'backup.refused': {
    params: { said: 'text' },
    zh: '数据库不给快照：{said}。托管的数据库请用服务商自己的备份',
    en: 'Redis gives no snapshot: {said}. For a managed one, use the backups of its provider',
  },
  'restore.none': {
    params: { file: 'text' },
    zh: '{file} 不是本程序的备份，或已损坏',
    en: '{file} is no backup of deltawire, or damaged',
  },
  'restore.layout': {
    params: { file: 'text', layout: 'text', known: 'text' },
    zh: '{file} 的数据格式是第 {layout} 版，本程序读第 {known} 版',
    en: 'the data in {file} has layout {layout}; this version reads layout {known}',
  },
  'restore.running': {
    params: { process: 'text' },
    zh: '本程序还在运行（{process}），先停下来再恢复',
    en: 'deltawire runs ({process}): stop it first',
  },
  'restore.store-full': {
    zh: '数据库里已有数据。要替换，加上 `--replace`：原有的会先备份',
    en: 'the store holds data already. Add --replace to have it replaced: a backup of it is made first',
  },
  'restore.config-differs': {
    params: { folder: 'text', files: 'names' },
    zh: '{folder} 里的 {files} 与备份不同。要替换，加上 `--replace`：原有的会先备份',
    en: '{files} in {folder} differ from the backup. Add --replace to have them replaced: a backup of them is made first',
  },
  'restore.not-written': {
    params: { file: 'text', why: 'reason' },
    zh: '写不了 {file}：{why}',
    en: '{file} could not be written: {why}',
  },
  'restore.done': {
    params: { keys: 'count', file: 'text', folder: 'text' },
    zh: '已从 {file} 恢复：数据库 {keys} 个键，配置在 {folder}',
    en: 'restored from {file}: {keys} {keys|key|keys} of the store, and the config in {folder}',
  },

  'withdraw.no-reason': {
    zh: '请用 `--reason` 写明撤稿的理由',
    en: 'say why with --reason: it stands in the ledger',
  },
  'withdraw.done': {
    params: { story: 'text' },
    zh: '报道 {story} 已撤稿；恢复：`deltawire withdraw --undo {story}`',
    en: 'story {story} is withdrawn; `deltawire withdraw --undo {story}` publishes it again',
  },
  'withdraw.undone': {
    params: { story: 'text' },
    zh: '报道 {story} 已重新发布',
    en: 'story {story} is published again',
  },

  'init.done': {
    params: { folder: 'text', files: 'names' },
    zh: '已写入 {folder}：{files}',
    en: 'wrote {files} into {folder}',
  },
  'init.next': {
    params: { folder: 'text' },
    zh: '接下来：改 {folder}/sources.yaml，检查 `deltawire check --config {folder}`，启动 `deltawire start --config {folder}`',
    en: 'next: edit {folder}/sources.yaml, look it over with `deltawire check --config {folder}`, start with `deltawire start --config {folder}`',
  },
  'init.refused': {
    params: { folder: 'text', why: 'stored' },
    zh: '写不了 {folder}：{why}',
    en: '{folder} cannot be written: {why}',
  },
  'init.there': {
    params: { folder: 'text', files: 'names' },
    zh: '{folder} 里已有 {files}，没有改动任何文件',
    en: '{files} already in {folder}: nothing was written',
  },

  'opml.none': {
    params: { file: 'text' },
    zh: '{file} 不是 OPML 订阅列表',
    en: '{file}: this is no OPML list of subscriptions',
  },
  'opml.refused': { params: { why: 'reason' }, zh: '未添加：{why}', en: 'not added: {why}' },
  'opml.added': {
    params: { added: 'count', others: 'reasons' },
    zh: '已向 `sources.yaml` 添加 {added} 个，{others}',
    en: '{added} added to sources.yaml, {others}',
  },
  'opml.known': { params: { known: 'count' }, zh: '已有 {known} 个', en: '{known} known already' },
  'opml.repeated': { params: { repeated: 'count' }, zh: '重复 {repeated} 个', en: '{repeated} named twice' },
  'opml.count-refused': { params: { refused: 'count' }, zh: '拒绝 {refused} 个', en: '{refused} refused' },
  'opml.both': { zh: '`--editions` 和 `--sources` 只能选一个', en: 'give --editions or --sources, not both' },

  'password.user': {
    zh: '`--user` 的名字里不能有冒号和空白',
    en: '--user: a name without colon and blanks, please',
  },
  'password.short': {
    params: { least: 'count' },
    zh: '密码至少 {least} 个字符',
    en: 'a password of {least} characters or more, please',
  },
  'password.long': {
    params: { most: 'bytes' },
    zh: '密码最多 {most}',
    en: 'a password of {most} at most, please',
  },
  'password.next': {
    zh: "把这一行写成 `settings.yaml` 的 `server.admin`，或写成 `DELTAWIRE_ADMIN='…'`：要用单引号，否则 shell 会吃掉 `$`",
    en: "Write this line as server.admin in settings.yaml, or as DELTAWIRE_ADMIN='…' in single quotes: a shell eats the `$` otherwise.",
  },
  'password.ask': { zh: '密码：', en: 'Password: ' },
  'password.ask-again': { zh: '再输一遍：', en: 'Again: ' },
  'password.differ': { zh: '两次输入不同，什么都没有打印', en: 'the two differ; nothing is printed' },
  'password.stopped': { zh: '已中止，什么都没有打印', en: 'stopped; nothing is printed' },

  'ask.which': { zh: '请给出一个来源标识，或 `--all`', en: 'give one source id, or --all' },
  'ask.hashed': {
    params: { user: 'text' },
    zh: "配置里只有 {user} 的密码哈希，运行时请加 `DELTAWIRE_ADMIN='{user}:…'`",
    en: "the config holds a hash of {user}'s password: run with DELTAWIRE_ADMIN='{user}:<password>'",
  },
  'ask.no-daemon': {
    params: { address: 'text' },
    zh: '{address} 没有响应：程序在运行吗？启动：`deltawire start`',
    en: 'no daemon answers on {address}: is it running?',
  },
  'ask.failed': { params: { status: 'status' }, zh: '返回 {status}', en: '{status}' },
  'ask.refused': {
    params: { status: 'status', said: 'text' },
    zh: '返回 {status}：{said}',
    en: '{status}: {said}',
  },
  'ask.asked': {
    params: { polls: 'count' },
    zh: '已要求抓取 {polls} 个来源',
    en: '{polls} {polls|poll|polls} asked for',
  },

  'replay.done': {
    params: { replayed: 'count', stored: 'count' },
    zh: '已重跑 {stored} 则报道中的 {replayed} 则',
    en: 'replayed {replayed} of {stored} {stored|story|stories}',
  },
  'replay.change': {
    params: { title: 'text', source: 'text', why: 'stored' },
    zh: '{title}（{source}）：{why}',
    en: '{title} ({source}): {why}',
  },
  'replay.more': { params: { more: 'count' }, zh: '另有 {more} 则', en: 'and {more} more' },

  'add.id-taken': { params: { id: 'text' }, zh: '标识 {id} 已被占用', en: 'the id {id} is taken' },
  'add.known': {
    params: { url: 'text', id: 'text', place: 'text' },
    zh: '{url} 已是来源 {id}（{place}）',
    en: '{url} is source {id} already ({place})',
  },
  'add.not-found': { params: { name: 'text', why: 'stored' }, zh: '{name}：{why}', en: '{name}: {why}' },
  'add.found': {
    params: { kind: 'text', items: 'count', dated: 'count' },
    zh: '{kind}，{items} 条，其中 {dated} 条有日期',
    en: '{kind}, {items} {items|item|items}, {dated} with a date',
  },
  'add.or': { params: { url: 'text', what: 'names' }, zh: '或者：{url}（{what}）', en: 'or: {url} ({what})' },
  'add.not-written': {
    zh: '没有写入；加 `--yes` 写进 `sources.yaml`',
    en: 'not written; --yes adds it to sources.yaml',
  },
  'add.added': { zh: '已写进 `sources.yaml`', en: 'added to sources.yaml' },
  'add.added-kept': {
    params: { backup: 'text' },
    zh: '已写进 `sources.yaml`；原来的文件是 {backup}',
    en: 'added to sources.yaml; the old one is {backup}',
  },

  'byhand.several': {
    params: { name: 'text', entries: 'names' },
    zh: '{name}：有几个条目是这个地址，请指明一个：{entries}',
    en: '{name}: several entries have this address; name one: {entries}',
  },
  'byhand.split': {
    params: { entry: 'text', story: 'text', from: 'text' },
    zh: '条目 {entry} 已从报道 {from} 拆出，成为报道 {story}',
    en: 'entry {entry} is story {story} now, apart from story {from}',
  },
  'byhand.joined': {
    params: { from: 'text', story: 'text' },
    zh: '报道 {from} 已并入报道 {story}',
    en: 'story {from} is part of story {story} now',
  },
  'byhand.noSuchEntry': {
    zh: '没有这个地址或标识的条目',
    en: 'no entry with this address or id is stored',
  },
  'byhand.noSuchStory': { zh: '没有这则报道', en: 'there is no such story' },
  'byhand.onlyCopy': { zh: '这个条目是报道的唯一版本，拆不开', en: 'the entry is the only copy of its story' },
  'byhand.sameStory': { zh: '这两则已经是同一则', en: 'the two are one story already' },
  'byhand.withdrawnAlready': { zh: '这则报道已经撤稿', en: 'the story is withdrawn already' },
  'byhand.notWithdrawn': { zh: '这则报道没有撤稿', en: 'the story is not withdrawn' },

  'demo.title': { zh: 'deltawire 示例', en: 'deltawire demo' },
  'demo.home': { zh: '首页', en: 'Home' },
  'demo.feeds': { zh: '订阅', en: 'Feeds' },
  'demo.status': { zh: '状态', en: 'Status' },
  'demo.ledger': { zh: '收录记录', en: 'Ledger' },
  'demo.withdrawn': { zh: '已撤稿', en: 'Withdrawn' },
  'demo.queues': { zh: '任务队列', en: 'Queues' },
  'demo.login': { zh: '登录', en: 'Login' },
  'demo.samples': { zh: '样例来源', en: 'Sample sources' },
  'demo.config': { zh: '配置', en: 'Config' },
  'demo.edit': { zh: '可以修改，两秒内生效', en: 'edit it: a change is in force within 2 s' },
  'demo.runs': {
    zh: '新闻会不断进来。按 Ctrl-C 停止并清除一切',
    en: 'News keeps arriving. Ctrl-C stops and removes everything',
  },
  'demo.stopping': { zh: '正在停止', en: 'stopping' },
});

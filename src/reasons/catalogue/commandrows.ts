/** What commands of the command line say of their work. */
import { rows } from './row.ts';

export const COMMAND = rows({
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
    params: { folder: 'text', said: 'text' },
    zh: '写不了 {folder}：{said}',
    en: '{folder} cannot be written: {said}',
  },
  'init.there': {
    params: { folder: 'text', files: 'names' },
    zh: '{folder} 里已有 {files}，没有改动任何文件',
    en: '{files} already in {folder}: nothing was written',
  },
});

/** What keeps the daemon, its own redis-server or the store of a command from starting; what the system says of files and connections. */
import { rows } from './row.ts';

export const START = rows({
  'system.at': { params: { path: 'text', why: 'reason' }, zh: '{path}：{why}', en: '{path}: {why}' },
  'system.denied': { zh: '没有权限', en: 'permission denied' },
  'system.missing': { zh: '没有这个文件或文件夹', en: 'no such file or folder' },
  'system.exists': { zh: '已有同名的文件', en: 'a file of this name is there' },
  'system.no-folder': { zh: '路径中有一段不是文件夹', en: 'a part of the path is no folder' },
  'system.folder': { zh: '这是文件夹', en: 'it is a folder' },
  'system.read-only': { zh: '文件系统只读', en: 'the file system is read-only' },
  'system.full': { zh: '磁盘已满', en: 'the disk is full' },
  'system.unknown-host': { zh: '找不到这台主机', en: 'the host is unknown' },
  'system.refused': { zh: '连接被拒绝', en: 'the connection was refused' },
  'system.reset': { zh: '连接被重置', en: 'the connection was reset' },
  'system.timeout': { zh: '连接超时', en: 'the connection attempt timed out' },
  'system.no-route': { zh: '没有到主机的路由', en: 'no route to the host' },
  'system.address': { zh: '这台机器没有这个地址', en: 'this machine has no such address' },

  'start.ended': { zh: '启动已中止', en: 'the start was ended' },
  'start.alone': {
    params: { roles: 'names' },
    zh: '`--role` {roles} 要与其他进程共用一个数据库：设置 `REDIS_URL`',
    en: '--role {roles} works with others over one Redis: set REDIS_URL',
  },
  'start.port-taken': {
    params: { address: 'text' },
    zh: '{address} 已被占用：停止占用它的程序，或设置 `DELTAWIRE_PORT`',
    en: '{address} is in use: stop what listens there, or set DELTAWIRE_PORT',
  },
  'start.not-listening': {
    params: { address: 'text', why: 'stored' },
    zh: '不能监听 {address}：{why}',
    en: '{address}: {why}',
  },
  'start.no-server': {
    zh: '这台机器上没有 `redis-server`：先安装（`apt-get install redis-server`，`brew install redis`），或设置 `REDIS_URL`',
    en: 'no redis-server on this machine: install it (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis) or set REDIS_URL',
  },
  'start.folder-taken': {
    params: { folder: 'text' },
    zh: '另一个进程正在使用数据文件夹 {folder}：停止它，或设置 `DELTAWIRE_DATA`',
    en: 'another deltawire uses the data folder {folder}: stop it, or set DELTAWIRE_DATA',
  },
  'start.server-failed': {
    params: { why: 'stored', log: 'text' },
    zh: '自带的数据库启动不了：{why}；日志：{log}',
    en: 'redis-server does not come up: {why}; its log is {log}',
  },
  'start.server-ended': { params: { how: 'text' }, zh: '一启动就退出了（`{how}`）', en: 'it ended at once ({how})' },
  'start.server-silent': { zh: '没有响应', en: 'no answer' },
  'start.aof-damaged': {
    params: { folder: 'text' },
    zh: '它的追加文件已损坏；在 {folder} 里运行 `redis-check-aof --fix`',
    en: 'its append-only file is damaged; run redis-check-aof --fix in {folder}',
  },
  'start.aof-not-repaired': {
    params: { copy: 'text', manifest: 'text' },
    zh: '它的追加文件已损坏，副本在 {copy}；运行 `redis-check-aof --fix {manifest}`',
    en: 'its append-only file is damaged; a copy is in {copy}; run redis-check-aof --fix {manifest}',
  },
  'start.socket-taken': {
    params: { socket: 'text' },
    zh: '另一个数据库在监听 {socket}，不肯退出：请结束它',
    en: 'another redis-server listens on {socket} and does not end: end it',
  },
  'start.orphan': {
    params: { pid: 'text' },
    zh: '结束不了数据库进程 {pid}：请结束它',
    en: 'redis-server (process {pid}) cannot be ended: end it',
  },
  'start.socket-folder': {
    params: { folder: 'text' },
    zh: '{folder} 不是只有本用户能进入的文件夹：请删除它',
    en: '{folder} is not a folder that only this user may enter: remove it',
  },
  'start.snapshot': { zh: '数据库读不了这份快照', en: 'redis-server does not read the snapshot' },

  'redis.wrong-password': {
    params: { said: 'text' },
    zh: '数据库不认 `REDIS_URL` 里的用户名或密码：`{said}`',
    en: 'Redis refuses the user or password of REDIS_URL: {said}',
  },
  'redis.no-password': {
    params: { said: 'text' },
    zh: '数据库要密码，写进 `REDIS_URL`（`redis://:password@host:port/0`）：`{said}`',
    en: 'Redis wants a password: write it into REDIS_URL as `redis://:password@host:port/0`: {said}',
  },
  'redis.no-permission': {
    params: { said: 'text' },
    zh: '`REDIS_URL` 里的用户权限不够：`{said}`',
    en: 'the user of REDIS_URL may not run what is needed: Redis says: {said}',
  },
  'redis.no-database': {
    params: { said: 'text' },
    zh: '数据库没有 `REDIS_URL` 末尾的那个编号：`{said}`',
    en: 'Redis has no database of the number that REDIS_URL ends with: {said}',
  },
  'redis.silent': {
    params: { ms: 'span', why: 'stored' },
    zh: '数据库 {ms}内没有响应：{why}',
    en: 'Redis does not answer within {ms}: {why}',
  },
  'redis.no-command': { zh: '它不接受命令', en: 'it takes no command' },
  'redis.layout': {
    params: { prefix: 'text', found: 'text', known: 'text' },
    zh: '数据库里 `{prefix}` 下的数据格式是第 {found} 版，本程序读第 {known} 版',
    en: 'the data under "{prefix}" in Redis has layout {found}; this version reads layout {known}',
  },
});

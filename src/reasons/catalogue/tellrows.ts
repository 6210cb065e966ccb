/** What `check`, `try`, `explain` and `why` print of a config, of documents and of entries. */
import { rows } from './row.ts';

export const TELL = rows({
  'check.whole': {
    params: { folder: 'text', sources: 'count', enabled: 'count', editions: 'count', version: 'text' },
    zh: '{folder}：{sources} 个来源（启用 {enabled} 个），{editions} 个版面，版本 {version}：没有错误',
    en: '{folder}: {sources} {sources|source|sources} ({enabled} enabled), {editions} {editions|edition|editions}, version {version}: no fault',
  },
  'check.head.source': { zh: '来源', en: 'source' },
  'check.head.status': { zh: '状态码', en: 'status' },
  'check.head.format': { zh: '格式', en: 'format' },
  'check.head.charset': { zh: '编码', en: 'charset' },
  'check.head.entries': { zh: '条数', en: 'entries' },
  'check.head.newest': { zh: '最新', en: 'newest' },
  'check.head.took': { zh: '毫秒', en: 'ms' },
  'check.head.notes': { zh: '修复或原因', en: 'repairs or reason' },
  'check.undated': { zh: '无日期', en: 'undated' },
  'check.feeds': { params: { feeds: 'names' }, zh: '页面里的订阅源：{feeds}', en: 'feeds it links to: {feeds}' },
  'check.all-answer': {
    params: { sources: 'count' },
    zh: '{sources} 个来源都有应答',
    en: '{sources} of {sources} sources answer',
  },
  'check.some-fail': {
    params: { failed: 'count', sources: 'count' },
    zh: '{sources} 个来源里有 {failed} 个失败',
    en: '{failed} of {sources} sources {failed|fails|fail}',
  },
  'check.none-moved': {
    zh: '没有来源永久迁移，无需修改',
    en: 'no source has moved permanently: nothing to change',
  },
  'check.moved': {
    params: { file: 'text', source: 'text', from: 'text', to: 'text' },
    zh: '{file}：{source}：{from} → {to}',
    en: '{file}: {source}: {from} → {to}',
  },
  'check.kept': { params: { file: 'text' }, zh: '原来的文件：{file}', en: 'the file as it was: {file}' },
  'check.move-left': {
    params: { file: 'text', source: 'text', from: 'text', to: 'text' },
    zh: '{file}：{source}：没有改，这一段不是普通写法；请把 {from} 改成 {to}',
    en: '{file}: {source}: not changed, for its block is not written plainly; write {to} for {from}',
  },

  'try.nothing': {
    zh: '没有要试的：请给出来源标识、地址或文件，或 `--items`',
    en: 'nothing to try: give source ids, addresses or files, or --items FILE',
  },
  'try.no-file': { params: { file: 'text' }, zh: '{file}：没有这个文件', en: '{file}: no such file' },
  'try.unread': {
    params: { file: 'text', why: 'stored' },
    zh: '无法读取 {file}：{why}',
    en: '{file} cannot be read: {why}',
  },
  'try.line': {
    params: { file: 'text', line: 'count', why: 'reason' },
    zh: '{file}:{line}：{why}',
    en: '{file}:{line}: {why}',
  },
  'try.item.object': { zh: '应为一个 JSON 对象', en: 'expected a JSON object' },
  'try.item.id': { zh: '应有 `id`，一段文字', en: 'expected `id`, a text' },
  'try.item.text': {
    params: { name: 'text', found: 'text' },
    zh: '`{name}` 应为一段文字，却是 `{found}`',
    en: '`{name}`: expected a text, found {found}',
  },
  'try.item.long': { zh: '每行最多 20 MB', en: 'expected lines of 20 MB at most' },
  'try.item.json': { params: { said: 'text' }, zh: '不是 JSON：`{said}`', en: 'no JSON: {said}' },
  'try.links-to': {
    params: { url: 'text', title: 'text' },
    zh: '页面里有订阅源：{url} {title}',
    en: 'the page links to a feed: {url} {title}',
  },
  'try.could-read': {
    params: { items: 'count' },
    zh: '`kind: page` 用下面的选择器能读出 {items} 条',
    en: '`kind: page` could read {items} {items|item|items} with',
  },
  'try.read': {
    params: { format: 'text', title: 'text', items: 'count' },
    zh: '{format} {title}{items} 条',
    en: '{format} {title}{items} {items|item|items}',
  },
  'try.address': { params: { url: 'text' }, zh: '地址 {url}', en: 'address {url}' },
  'try.charset': {
    params: { used: 'text', declared: 'text', detected: 'text' },
    zh: '编码 {used}（声明 {declared}，检测 {detected}）',
    en: 'charset {used} (declared {declared}, detected {detected})',
  },
  'try.page': { params: { page: 'reason' }, zh: '页面 {page}', en: 'page {page}' },
  'try.mended': { params: { repair: 'stored' }, zh: '已修复：{repair}', en: 'mended: {repair}' },
  'try.editor': { params: { name: 'text' }, zh: '责任编辑 {name}', en: 'editor {name}' },
  'try.dateline': { params: { place: 'text' }, zh: '电头 {place}', en: 'dateline {place}' },
  'try.removed': { params: { lines: 'names' }, zh: '删去：{lines}', en: 'removed: {lines}' },
  'try.regions': { params: { regions: 'names' }, zh: '地区：{regions}', en: 'regions: {regions}' },
  'try.outlet-in': { params: { place: 'text' }, zh: '媒体所在地：{place}', en: 'outlet in: {place}' },
  'try.placed': {
    params: { decision: 'reason', why: 'stored', story: 'text' },
    zh: '{decision}：{why}；报道 {story}',
    en: '{decision}: {why}; story {story}',
  },
  'try.leads': {
    params: { decision: 'reason', why: 'stored', story: 'text' },
    zh: '{decision}：{why}；报道 {story}（主稿）',
    en: '{decision}: {why}; story {story} (lead)',
  },
  'decision.kept': { zh: '收录', en: 'kept' },
  'decision.dropped': { zh: '未收录', en: 'dropped' },
  'decision.merged': { zh: '并入', en: 'merged' },

  'told.no-link': { zh: '没有链接', en: 'no link' },
  'told.entry': {
    params: { entry: 'text', source: 'text' },
    zh: '条目 {entry}，来源 {source}',
    en: 'entry {entry} of {source}',
  },
  'told.entry-of-story': {
    params: { entry: 'text', source: 'text', story: 'text' },
    zh: '条目 {entry}，来源 {source}，报道 {story}',
    en: 'entry {entry} of {source}, story {story}',
  },
  'told.in': {
    params: { edition: 'text', why: 'stored' },
    zh: '收在版面 {edition}：{why}',
    en: 'in {edition}: {why}',
  },
  'told.out': {
    params: { edition: 'text', by: 'text', why: 'stored' },
    zh: '不在版面 {edition}（{by}）：{why}',
    en: 'not in {edition} ({by}): {why}',
  },
  'explain.none': {
    params: { name: 'text' },
    zh: '{name}：没有这个地址、标识或标题的条目',
    en: '{name}: no entry with this address, id or title is stored',
  },
  'explain.decided': { zh: '历次处理：', en: 'decided:' },
  'explain.row': {
    params: { at: 'text', decision: 'reason', rule: 'text', version: 'text' },
    zh: '{at} {decision}，规则 {rule}（配置 {version}）',
    en: '{at} {decision} by {rule} (config {version})',
  },
  'explain.evidence': { params: { found: 'evidence' }, zh: '{found}', en: '{found}' },
  'explain.editions': { params: { editions: 'names' }, zh: '版面：{editions}', en: 'editions: {editions}' },
  'why.no-edition': {
    params: { edition: 'text', known: 'names' },
    zh: '没有版面 {edition}；现有：{known}',
    en: 'there is no edition "{edition}"; there are: {known}',
  },
  'store.no-folder': {
    params: { folder: 'text' },
    zh: '没有数据文件夹 {folder}：设置 `DELTAWIRE_DATA` 或 `REDIS_URL`',
    en: 'no data folder {folder}: set DELTAWIRE_DATA or REDIS_URL',
  },
});

/** Faults of the config's keys and values, and across keys; and why a file was not saved. */
import { rows } from './row.ts';

export const CONFIG_KEYS = rows({
  // What a sentence on a value is about, what it is, and what it should be.
  'config.this.key': { params: { key: 'text' }, zh: '`{key}`', en: '`{key}`' },
  'config.this.item': { zh: '这一项', en: 'this item' },
  'config.found.nothing': { zh: '空值', en: 'nothing' },
  'config.found.list': { zh: '列表', en: 'a list' },
  'config.found.text': { params: { text: 'text' }, zh: '文字 `{text}`', en: 'the text `{text}`' },
  'config.found.number': { params: { number: 'text' }, zh: '数字 `{number}`', en: 'the number `{number}`' },
  'config.found.flag': { params: { value: 'text' }, zh: '布尔值 `{value}`', en: '`{value}`' },
  'config.found.block': { zh: '一组 `key: value`', en: 'a block of `key: value` lines' },
  'config.found.hidden': { zh: '类型不对的值（不显示）', en: 'of the wrong kind (not shown)' },
  'config.expected.either': { params: { kinds: 'either' }, zh: '{kinds}', en: '{kinds}' },
  'config.expected.option': { params: { options: 'choices' }, zh: '以下之一：{options}', en: '{options}' },
  'config.expected.text': { zh: '文字', en: 'a text' },
  'config.expected.flag': { zh: '布尔值（`true` 或 `false`）', en: '`true` or `false`' },
  'config.expected.whole': { zh: '整数', en: 'a whole number' },
  'config.expected.number': { zh: '数字', en: 'a number' },
  'config.expected.whole-between': {
    params: { least: 'text', most: 'text' },
    zh: '整数（{least} 到 {most}）',
    en: 'a whole number from {least} to {most}',
  },
  'config.expected.number-between': {
    params: { least: 'text', most: 'text' },
    zh: '数字（{least} 到 {most}）',
    en: 'a number from {least} to {most}',
  },
  'config.expected.list': {
    zh: '列表（写成 `[…]`，或每行以 `- ` 开头）',
    en: 'a list: `[…]`, or lines that begin with `- `',
  },
  'config.expected.block': { zh: '一组 `key: value`，每行一个', en: 'a block of `key: value` lines' },

  'config.key.unknown': {
    params: { key: 'text', known: 'names' },
    zh: '没有 `{key}` 这个键；这里可用：{known}',
    en: 'unknown key `{key}`; known here: {known}',
  },
  'config.key.unknown-near': {
    params: { key: 'text', near: 'text' },
    zh: '没有 `{key}` 这个键，是不是 `{near}`？',
    en: 'unknown key `{key}` – did you mean `{near}`?',
  },
  'config.key.unknown-below': {
    params: { key: 'text', under: 'text' },
    zh: '这里没有 `{key}` 这个键：请写在 `{under}:` 下面，缩进两个空格',
    en: 'unknown key `{key}` here: write it under `{under}:`, indented by two spaces',
  },
  'config.key.missing': {
    params: { what: 'reason', expected: 'reason' },
    zh: '{what}：没有写，应为{expected}',
    en: '{what} is missing: write {expected}',
  },
  'config.key.missing-example': {
    params: { what: 'reason', key: 'text', example: 'text' },
    zh: '{what}：没有写，例如 `{key}: {example}`',
    en: '{what} is missing: write for example `{key}: {example}`',
  },
  'config.key.empty': {
    params: { what: 'reason', expected: 'reason' },
    zh: '{what}：没有值，应为{expected}',
    en: '{what} is empty: write {expected}',
  },
  'config.key.empty-example': {
    params: { what: 'reason', key: 'text', example: 'text' },
    zh: '{what}：没有值，例如 `{key}: {example}`',
    en: '{what} is empty: write for example `{key}: {example}`',
  },
  'config.value.empty-text': {
    zh: '`""` 是空的：请写上文字，或删去这一行',
    en: '`""` is empty: write a text, or remove the line',
  },
  'config.value.empty-list': {
    params: { what: 'reason' },
    zh: '{what}：列表是空的，请至少写一项，或删去这个键',
    en: '{what} is an empty list: write at least one item, or remove the key',
  },
  'config.value.option': {
    params: { what: 'reason', found: 'text', options: 'choices' },
    zh: '{what}：现在是 `{found}`，应为 {options} 之一',
    en: '{what} is `{found}`; expected {options}',
  },
  'config.value.option-near': {
    params: { what: 'reason', found: 'text', near: 'text' },
    zh: '{what}：现在是 `{found}`，是不是 `{near}`？',
    en: '{what} is `{found}` – did you mean `{near}`?',
  },
  'config.value.wrong': {
    params: { what: 'reason', found: 'reason', expected: 'reason' },
    zh: '{what}：现在是{found}，应为{expected}',
    en: '{what} is {found}; expected {expected}',
  },
  'config.value.near': {
    params: { wrong: 'reason', near: 'text' },
    zh: '{wrong}；是不是 `{near}`？',
    en: '{wrong} – did you mean `{near}`?',
  },
  'config.value.unit': {
    params: { wrong: 'reason', number: 'text' },
    zh: '{wrong}；请加上单位，例如 `{number}d`（天）或 `{number}h`（小时）',
    en: '{wrong}: add a unit, such as `{number}d` for days or `{number}h` for hours',
  },
  'config.value.quote': {
    params: { wrong: 'reason', value: 'text' },
    zh: '{wrong}；请加引号：`"{value}"`',
    en: '{wrong}: write it in quotes, `"{value}"`',
  },
  'config.value.quote-example': {
    params: { wrong: 'reason', value: 'text', example: 'text' },
    zh: '{wrong}；请加引号：`"{value}"`，或写 `{example}` 这样的值',
    en: '{wrong}: write it in quotes, `"{value}"`, or for example `{example}`',
  },
  'config.value.quote-hidden': {
    params: { wrong: 'reason' },
    zh: '{wrong}；请加引号',
    en: '{wrong}: write it in quotes',
  },
  'config.value.unquote': {
    params: { wrong: 'reason', value: 'text' },
    zh: '{wrong}；请去掉引号，写成 `{value}`',
    en: '{wrong}: write `{value}` without quotes',
  },
  'config.value.as-list': {
    params: { wrong: 'reason', item: 'text' },
    zh: '{wrong}；请写成 `[{item}]`',
    en: '{wrong}: write `[{item}]`',
  },
  'config.value.example': {
    params: { wrong: 'reason', example: 'text' },
    zh: '{wrong}，例如 `{example}`',
    en: '{wrong}, for example `{example}`',
  },

  'config.id.taken': {
    params: { id: 'text', line: 'count' },
    zh: '标识 `{id}` 已在第 {line} 行用过：请换一个',
    en: 'the id `{id}` is already taken on line {line}: choose another',
  },
  'config.source.needless-select': {
    zh: '`select` 只用于网页：请写 `kind: page`，或删去 `select`',
    en: '`select` serves only pages: write `kind: page`, or remove `select`',
  },
  'config.edition.source': {
    params: { source: 'text' },
    zh: '没有标识为 `{source}` 的来源：请写 sources.yaml 里的标识',
    en: 'no source has the id `{source}`: write an id of sources.yaml',
  },
  'config.edition.source-near': {
    params: { source: 'text', near: 'text' },
    zh: '没有标识为 `{source}` 的来源，是不是 `{near}`？',
    en: 'no source has the id `{source}` – did you mean `{near}`?',
  },
  'config.groups.circle': {
    params: { circle: 'text' },
    zh: '分组互相包含，形成循环（{circle}）：请删去这一项',
    en: 'the groups go in a circle, {circle}: remove this member',
  },
  'config.alerts.no-webhook': {
    zh: '`secret` 用来给消息签名，但没有 `webhook`：请写上它的地址，或删去 `secret`',
    en: '`secret` signs messages, but there is no `webhook`: write its address, or remove `secret`',
  },
  'config.alerts.unsigned': {
    params: { format: 'text' },
    zh: '`secret` 只用于 `dingtalk` 和 `feishu`，现在的格式是 `{format}`：请改 `format`，或删去 `secret`',
    en: '`secret` serves only `dingtalk` and `feishu`, the format is `{format}`: change `format`, or remove `secret`',
  },

  'config.save.denied': {
    params: { folder: 'text', code: 'text' },
    zh: '没有权限写入 {folder}（{code}）',
    en: 'the daemon may not write to {folder} ({code})',
  },
  'config.save.mounted-read-only': {
    params: { folder: 'text' },
    zh: '{folder} 是只读挂载，这里不能修改配置。请直接改服务器上的文件，两秒内生效；想在这里修改，就去掉 `compose.yaml` 里挂载后面的 `:ro` 再启动。',
    en: '{folder} is mounted read-only, so the config cannot be changed here. Change the files on the server, which takes effect within two seconds; to change them here, take `:ro` off its mount in `compose.yaml` and start again.',
  },
  'config.save.not-ours': {
    params: { folder: 'text', user: 'text' },
    zh: '本程序的运行用户（编号 {user}）不能写 {folder}，这里不能修改配置。请直接改服务器上的文件，两秒内生效；想在这里修改，就运行 `chown -R {user} {folder}`。',
    en: 'The user that deltawire runs as (uid {user}) may not write to {folder}, so the config cannot be changed here. Change the files on the server, which takes effect within two seconds; to change them here, run `chown -R {user} {folder}`.',
  },
  'config.save.disk-full': { params: { said: 'text' }, zh: '磁盘已满', en: '{said}' },
  'config.save.failed': { params: { code: 'text', said: 'text' }, zh: '写文件出错（{code}）', en: '{said}' },
  'config.save.no-file': { zh: '没有这个文件', en: 'there is no such file' },
  'config.save.read-only': {
    zh: '没有设置管理密码，配置只读。设置 `DELTAWIRE_ADMIN=用户:密码` 后重新启动，就可以在这里修改。',
    en: 'No admin password is set, so the config is read-only. Set DELTAWIRE_ADMIN=user:password and start again to change it here.',
  },
  'config.save.on-server': {
    params: { file: 'text' },
    zh: '{file} 只能在服务器上修改',
    en: '{file} is changed on the server only',
  },
  'config.save.changed': {
    params: { file: 'text' },
    zh: '{file} 刚被别处修改过：请再试一次',
    en: '{file} was changed meanwhile: try again',
  },
  'config.save.id-taken': {
    params: { id: 'text' },
    zh: '标识 {id} 已经有来源在用：请换一个',
    en: 'the id {id} is taken: choose another one',
  },
  'config.save.in-file': { params: { file: 'text', why: 'reason' }, zh: '{file}：{why}', en: '{file}: {why}' },
  'config.save.by-hand': {
    zh: 'sources.yaml：列表用了单行或别名的写法，只能手工添加',
    en: 'sources.yaml: the list is written so that only a person can add to it (one line, alias)',
  },
});

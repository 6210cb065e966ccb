/** Faults of the config files as files and as YAML. */
import { rows } from './row.ts';

export const CONFIG_FILES = rows({
  'config.folder': {
    params: { folder: 'text' },
    zh: '配置文件夹 `{folder}` 不存在或无法读取：用 `deltawire init {folder}` 建立，或用 `--config` 指定',
    en: 'the config folder `{folder}` is not there or cannot be read: `deltawire init {folder}` writes one, or pass --config',
  },
  'config.file.missing': {
    params: { folder: 'text' },
    zh: '`{folder}` 里没有这个文件：请新建，写上 `sources:`，下面列出来源',
    en: 'the file is not in `{folder}`: write it, with `sources:` and a list of sources under it',
  },
  'config.file.stray': {
    params: { file: 'text', near: 'text' },
    zh: '文件 `{file}` 不会被读取，文件名是不是应为 `{near}`？',
    en: 'the file `{file}` is not read – did you mean `{near}`?',
  },
  'config.file.denied': {
    zh: '无法读取这个文件：没有权限，请修改它的权限',
    en: 'the file cannot be read: the daemon may not read it: change its permissions',
  },
  'config.file.pipe': {
    zh: '读不出这个文件：它是管道，请换成普通文件',
    en: 'the file cannot be read: it is a pipe: put a file in its place',
  },
  'config.file.folder': {
    zh: '无法读取这个文件：它是一个文件夹，请换成文件',
    en: 'the file cannot be read: it is a folder: put a file in its place',
  },
  'config.file.link-circle': {
    zh: '无法读取这个文件：符号链接循环，请改正',
    en: 'the file cannot be read: its symbolic links go in a circle: mend them',
  },
  'config.file.link-lost': {
    zh: '无法读取这个文件：符号链接指向的文件不存在，请改正',
    en: 'the file cannot be read: its symbolic link leads nowhere: mend it',
  },
  'config.file.unreadable': {
    params: { code: 'text' },
    zh: '无法读取这个文件：读取出错（{code}）',
    en: 'the file cannot be read: reading fails ({code})',
  },
  'config.file.too-long': {
    params: { bytes: 'count', most: 'count' },
    zh: '文件有 {bytes} 字节，最多读取 {most} 字节（5 MB）：请拆分或删减',
    en: 'the file has {bytes} bytes; at most {most} (5 MB) are read: split or shorten it',
  },
  'config.file.utf-16': { zh: '文件是 UTF-16 编码：请存为 UTF-8', en: 'the file is UTF-16: save it as UTF-8' },
  'config.file.byte': {
    params: { byte: 'text' },
    zh: '字节 `{byte}` 不是 UTF-8（文件可能是 GBK 或 GB18030）：请存为 UTF-8',
    en: 'the byte {byte} is not UTF-8 (the file may be GBK or GB18030): save it as UTF-8',
  },
  'config.file.not-utf-8': { zh: '文件不是 UTF-8：请存为 UTF-8', en: 'the file is not UTF-8: save it as UTF-8' },
  'config.file.aliases': {
    params: { most: 'count' },
    zh: '文件里的别名（`*name`）展开后超过 {most} 处：请把内容写出来',
    en: 'the aliases (`*name`) of this file multiply to more than {most}: write the blocks out',
  },
  'config.file.too-deep': {
    zh: '文件无法按 YAML 读取：嵌套太深，请只用几级',
    en: 'the file cannot be read as YAML: it is nested too deeply; write at most a few levels',
  },
  'config.file.empty': {
    params: { keys: 'choices' },
    zh: '文件是空的：请顶格写 {keys}，其余内容缩进写在下面',
    en: 'the file is empty: write {keys} at the margin and the rest under it',
  },
  'config.file.holds': {
    params: { found: 'reason', keys: 'choices' },
    zh: '文件的内容是{found}：请顶格写 {keys}，其余内容缩进写在下面',
    en: 'the file holds {found}: write {keys} at the margin and the rest under it',
  },

  'config.yaml.key-twice': {
    params: { key: 'text', line: 'count' },
    zh: '`{key}` 在这一段里写了两次（第一次在第 {line} 行）：请只留一处',
    en: '`{key}` is written twice in this block (first on line {line}): keep one of them',
  },
  'config.yaml.no-key': {
    zh: '冒号前没有键，或键不是一个词：请在冒号前写一个词',
    en: 'a key is missing or is a block: write one word before the colon',
  },
  'config.yaml.alias-inside': {
    params: { alias: 'text' },
    zh: '别名 `{alias}` 写在它自己指向的那一段里：请把内容写出来',
    en: 'the alias `{alias}` stands inside the block it names: write the block out',
  },
  'config.yaml.alias': {
    params: { alias: 'text', anchor: 'text' },
    zh: '别名 `{alias}` 之前没有锚点 `{anchor}`：如果是文字，请加引号',
    en: 'the alias `{alias}` has no anchor `{anchor}` before it: put the value in quotes if it is a text',
  },
  'config.yaml.alias-near': {
    params: { alias: 'text', anchor: 'text', near: 'text' },
    zh: '别名 `{alias}` 之前没有锚点 `{anchor}`，是不是 `{near}`？',
    en: 'the alias `{alias}` has no anchor `{anchor}` before it – did you mean `{near}`?',
  },
  'config.yaml.asterisk': {
    zh: '值不能以 `*` 开头：请给时间表达式加引号，例如 `"*/15 * * * *"`',
    en: 'a value cannot begin with `*`: put the schedule in quotes, such as `"*/15 * * * *"`',
  },
  'config.yaml.no-colon': {
    zh: '这一行没有 `: `：请写成 `key: value`',
    en: 'this line has no `: ` in it: write `key: value`',
  },
  'config.yaml.wide-colon': {
    params: { found: 'text', key: 'text' },
    zh: '`{found}` 用了全角冒号：请写成 `{key}: …`',
    en: '`{found}` has a full-width colon: write `{key}: …`',
  },
  'config.yaml.tight-colon': {
    params: { found: 'text', key: 'text' },
    zh: '`{found}` 的冒号后面没有空格：请写成 `{key}: …`',
    en: '`{found}` has no blank after the colon: write `{key}: …`',
  },
  'config.yaml.word': {
    params: { found: 'text' },
    zh: '`{found}` 后面没有 `: `：请写成 `key: value`；如果是列表的一项，请以 `- ` 开头',
    en: '`{found}` has no `: ` after it: write `key: value`, or `- ` before an item of a list',
  },
  'config.yaml.open-double': {
    zh: '双引号没有结束：请补上 `"`',
    en: 'a text in double quotes is not closed: write the closing `"`',
  },
  'config.yaml.open-single': {
    zh: "单引号没有结束：请补上 `'`",
    en: "a text in single quotes is not closed: write the closing `'`",
  },
  'config.yaml.open-double-line': {
    zh: '双引号没有在本行结束：请补上 `"`',
    en: 'a text in double quotes is not closed on its line: write the closing `"`',
  },
  'config.yaml.open-single-line': {
    zh: "单引号没有在本行结束：请补上 `'`",
    en: "a text in single quotes is not closed on its line: write the closing `'`",
  },
  'config.yaml.not-an-item': {
    zh: '这一行不是上面列表的一项：请以 `- ` 开头，或与它所属的键对齐',
    en: 'this line is no item of the list above: begin it with `- `, or line it up with the key it belongs to',
  },
  'config.yaml.incomplete': {
    zh: '这里的写法不完整：请检查这一行的括号、逗号和缩进',
    en: 'something is missing here: check the brackets, commas and indentation of this line',
  },
  'config.yaml.stray': {
    params: { found: 'text' },
    zh: '`{found}` 不应出现在这里：请检查这一行的缩进、引号和括号',
    en: '`{found}` does not belong here: check the indentation, quotes and brackets of this line',
  },
  'config.yaml.stray-hidden': {
    zh: '这里有多余的内容：请检查这一行的缩进、引号和括号',
    en: 'does not belong here: check the indentation, quotes and brackets of this line',
  },
  'config.yaml.tab': {
    zh: '缩进用了制表符：请改用空格，每级两个',
    en: 'a tab is used as indentation: write spaces, two for each level',
  },
  'config.yaml.wide-space': {
    zh: '缩进用了全角空格或不间断空格：请改用普通空格，每级两个',
    en: 'an ideographic or no-break space is used as indentation: write ordinary spaces, two for each level',
  },
  'config.yaml.indentation': {
    zh: '缩进不对：请与所在的段落对齐，或让前面的 `[`、`{` 成对',
    en: 'the indentation does not fit: line this up with its block, or close the `[` or `{` above',
  },
  'config.yaml.second-colon': {
    zh: '一个值里有两个 `: `，或这一行缩进过多：请给值加引号，或把各键对齐',
    en: 'a second `: ` in one value, or a line indented too far: put the value in quotes, or line the keys up',
  },
  'config.yaml.second-document': {
    zh: '从这里起是第二份文档（`---`）：一个文件只写一份',
    en: 'a second document begins here (`---`): keep one document in a file',
  },
  'config.yaml.escape': {
    zh: '双引号里的反斜杠表示转义：请写成 `\\\\`，或改用单引号',
    en: 'a backslash in double quotes begins an escape: write `\\\\`, or use single quotes',
  },
  'config.yaml.block-in-flow': {
    zh: '`[ ]` 或 `{ }` 里有分行写的列表或段落：请移到外面分行写，或改用逗号',
    en: 'a list or block stands inside `[ ]` or `{ }`: write it on lines of its own, or with commas',
  },
  'config.yaml.long-key': {
    zh: '键不能跨行：请把键、冒号和空格写在同一行',
    en: 'a key runs over its line: write the key, a colon and a blank on one line',
  },
  'config.yaml.too-deep': {
    zh: '文件嵌套太深：请只用几级',
    en: 'the file is nested too deeply: write at most a few levels',
  },
  'config.yaml.start': {
    params: { character: 'text' },
    zh: '值不能以 `{character}` 开头：请加引号',
    en: 'a value cannot begin with `{character}`: put it in quotes',
  },
  'config.yaml.backtick': {
    zh: '值不能以反引号开头：请加引号',
    en: 'a value cannot begin with a backtick: put it in quotes',
  },
  'config.yaml.tag': {
    params: { tag: 'text' },
    zh: '这里不用标签 `{tag}`：请删去',
    en: 'the tag `{tag}` is not used here: remove it',
  },
});

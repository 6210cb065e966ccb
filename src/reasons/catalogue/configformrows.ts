/** Faults in the form of a value of the config: ids, schedules, zones, addresses, logins, and the environment's. */
import { rows } from './row.ts';

export const CONFIG_FORMS = rows({
  'config.id.too-long': {
    params: { value: 'text', length: 'count', most: 'count' },
    zh: '`{value}` 有 {length} 个字符，标识最多 {most} 个',
    en: '`{value}` has {length} characters; an id has at most {most}',
  },
  'config.id.form': {
    params: { value: 'text', example: 'text' },
    zh: '`{value}` 不能作标识：只用小写字母、数字、`.`、`_` 和 `-`，以字母或数字开头，例如 `{example}`',
    en: '`{value}` is not a valid id: use lower-case letters, digits, `.`, `_` and `-`, beginning with a letter or digit, for example `{example}`',
  },

  'config.schedule.interval': {
    params: { value: 'text', cron: 'text' },
    zh: '`{value}` 不是时间表达式：请写 `auto` 或 cron 表达式，这里是 `"{cron}"`',
    en: '`{value}` is no schedule: write `auto` or a cron expression, here `"{cron}"`',
  },
  'config.schedule.near': {
    params: { value: 'text', near: 'text' },
    zh: '`{value}` 不是时间表达式，是不是 `{near}`？',
    en: '`{value}` is no schedule – did you mean `{near}`?',
  },
  'config.schedule.wrong': {
    params: { value: 'text', wrong: 'clauses' },
    zh: '`{value}` 不是时间表达式：{wrong}。请写 `auto`，或依次写分、时、日、月、星期，例如 `"*/15 * * * *"`',
    en: '`{value}` is no schedule: {wrong} – write `auto` or `minute hour day-of-month month day-of-week`, for example `"*/15 * * * *"`',
  },
  'config.schedule.field': {
    params: { value: 'text', field: 'reason' },
    zh: '`{value}` 不能作{field}',
    en: '`{value}` does not fit the field {field}',
  },
  'config.schedule.fields': {
    params: { fields: 'count' },
    zh: '它有 {fields} 段，cron 表达式应有 5 段（开头加秒则为 6 段）',
    en: 'it has {fields} {fields|field|fields}, a cron expression has 5 (or 6 with seconds first)',
  },
  'config.schedule.characters': {
    zh: '它有 cron 不认识的字符',
    en: 'it has characters that cron does not know',
  },
  'config.schedule.second': { zh: '秒（0–59）', en: 'second (0–59)' },
  'config.schedule.minute': { zh: '分（0–59）', en: 'minute (0–59)' },
  'config.schedule.hour': { zh: '时（0–23）', en: 'hour (0–23)' },
  'config.schedule.day-of-month': { zh: '日（1–31 或 L）', en: 'day of month (1–31 or L)' },
  'config.schedule.month': { zh: '月（1–12 或 `jan`–`dec`）', en: 'month (1–12 or jan–dec)' },
  'config.schedule.day-of-week': { zh: '星期（0–7 或 `sun`–`sat`）', en: 'day of week (0–7 or sun–sat)' },

  'config.zone.cst': {
    zh: '`CST` 在 IANA 里指芝加哥，是不是 `Asia/Shanghai`？',
    en: '`CST` is Chicago to IANA – did you mean `Asia/Shanghai`?',
  },
  'config.zone.near': {
    params: { value: 'text', near: 'text' },
    zh: '`{value}` 不是时区，是不是 `{near}`？',
    en: '`{value}` is no time zone – did you mean `{near}`?',
  },
  'config.zone.none': {
    params: { value: 'text' },
    zh: '`{value}` 不是时区：应为 IANA 名称，例如 `Asia/Shanghai` 或 `UTC`',
    en: '`{value}` is no time zone; expected an IANA name such as `Asia/Shanghai` or `UTC`',
  },
  'config.charset.near': {
    params: { value: 'text', near: 'text' },
    zh: '`{value}` 不是字符编码，是不是 `{near}`？',
    en: '`{value}` is no charset – did you mean `{near}`?',
  },
  'config.charset.none': {
    params: { value: 'text', known: 'names' },
    zh: '`{value}` 不是字符编码：应为 {known} 这样的名称',
    en: '`{value}` is no charset; expected a name such as {known}',
  },
  'config.duration.none': {
    params: { value: 'text' },
    zh: '`{value}` 不是时长：请写数字和单位 `m`（分）、`h`（时）、`d`（天）或 `w`（周），例如 `90m`、`36h`、`7d`',
    en: '`{value}` is not a valid duration: write a number and `m`, `h`, `d` or `w`, such as `90m`, `36h` or `7d`',
  },
  'config.clock.none': {
    params: { value: 'text' },
    zh: '`{value}` 不是时刻：请写北京时间的时和分，例如 `"07:30"`',
    en: '`{value}` is no time of day: write hours and minutes in Beijing time, such as `"07:30"`',
  },
  'config.cidr.none': {
    params: { value: 'text' },
    zh: '`{value}` 不是 CIDR 网段：请写地址和前缀长度，例如 `10.0.0.0/8` 或 `fd00::/8`',
    en: '`{value}` is no CIDR block: write an address and a prefix length, such as `10.0.0.0/8` or `fd00::/8`',
  },
  'config.cidr.short': {
    params: { value: 'text' },
    zh: '`{value}` 不是 CIDR 网段：请写全地址的四段，例如 `10.0.0.0/8`',
    en: '`{value}` is no CIDR block: write all four parts of the address, such as `10.0.0.0/8`',
  },
  'config.cidr.address': {
    params: { value: 'text', block: 'text' },
    zh: '`{value}` 是一个地址，不是网段：请写 `{block}`',
    en: '`{value}` is an address, not a block: write `{block}`',
  },

  // What an address is called in the sentences below, and what it should be.
  'config.address.shown': { params: { address: 'text' }, zh: '`{address}`', en: '`{address}`' },
  'config.address.hidden': { zh: '`•••`', en: 'the address (not shown)' },
  'config.address.expected': {
    params: { schemes: 'choices', example: 'text' },
    zh: '以 {schemes} 开头的网址，例如 `{example}`',
    en: 'an address with {schemes}, such as `{example}`',
  },
  'config.address.space': {
    params: { address: 'reason', expected: 'reason' },
    zh: '{address} 里面有空格；应为{expected}',
    en: '{address} has a blank in it; expected {expected}',
  },
  'config.address.no-scheme': {
    params: { address: 'reason', expected: 'reason' },
    zh: '{address} 开头没有协议；应为{expected}',
    en: '{address} has no scheme; expected {expected}',
  },
  'config.address.bare-host': {
    params: { address: 'reason', proposed: 'text' },
    zh: '{address} 开头没有协议；请写 `{proposed}`',
    en: '{address} has no scheme; write `{proposed}`',
  },
  'config.address.scheme': {
    params: { address: 'reason', scheme: 'text', expected: 'reason' },
    zh: '{address} 不支持协议 `{scheme}://`；应为{expected}',
    en: '{address} has the scheme `{scheme}://`; expected {expected}',
  },
  'config.address.scheme-near': {
    params: { address: 'reason', scheme: 'text', near: 'text' },
    zh: '{address} 的协议 `{scheme}` 是不是 `{near}`？',
    en: '{address} has the scheme `{scheme}` – did you mean `{near}`?',
  },
  'config.address.placeholder': {
    params: { placeholder: 'text', known: 'choices' },
    zh: '网址里的 `{placeholder}` 不认识：日期可以写成 {known}',
    en: 'the address holds `{placeholder}`, which stands for nothing: days are written {known}',
  },
  'config.address.no-route': {
    params: { address: 'reason', expected: 'reason' },
    zh: '{address} 没有写路由；应为{expected}',
    en: '{address} names no route; expected {expected}',
  },
  'config.address.no-host': {
    params: { address: 'reason', expected: 'reason' },
    zh: '{address} 没有写主机；应为{expected}',
    en: '{address} names no host; expected {expected}',
  },
  'config.address.unreadable': {
    params: { address: 'reason', expected: 'reason' },
    zh: '{address} 不是网址，主机或端口无法识别；应为{expected}',
    en: '{address} is no address: its host or port cannot be read; expected {expected}',
  },
  'config.address.query': {
    params: { address: 'reason', expected: 'reason' },
    zh: '{address} 不能带 `?` 或 `#`；应为{expected}',
    en: '{address} has a `?` or `#` part; expected {expected}',
  },
  'config.hub.near': {
    params: { value: 'text', near: 'text' },
    zh: '`{value}` 不是推送中心，是不是 `{near}`？',
    en: '`{value}` is no hub – did you mean `{near}`?',
  },
  'config.hub.address': {
    params: { why: 'reason' },
    zh: '{why}（也可写 `own` 或 `none`）',
    en: '{why}, or `own` or `none`',
  },
  'config.header.name': {
    params: { name: 'text' },
    zh: '`{name}` 不是请求头的名称：请用字母、数字和 `-`，例如 `User-Agent`',
    en: '`{name}` is no header name: use letters, digits and `-`, such as `User-Agent`',
  },
  'config.header.own': {
    params: { name: 'text' },
    zh: '请求头 `{name}` 由程序自己设置：请删去这一行',
    en: 'the header `{name}` is set by the client itself: remove this line',
  },
  'config.header.value': {
    zh: '请求头的值（不显示）里有换行或 Latin-1 以外的字符：请写可打印的 ASCII 字符，其余用百分号编码',
    en: 'the header value (not shown) has a line break or a character beyond Latin-1: write printable ASCII, percent-encode the rest',
  },
  'config.host.address': {
    params: { value: 'text' },
    zh: '`{value}` 是网址：`host` 只写主机，例如 `127.0.0.1`',
    en: '`{value}` is an address: `host` takes only the host, such as `127.0.0.1`',
  },
  'config.host.port': {
    params: { value: 'text' },
    zh: '`{value}` 带有端口：端口写在 `port`，这里只写主机',
    en: '`{value}` has a port: write it under `port`, and here only the host',
  },
  'config.host.form': {
    params: { value: 'text' },
    zh: '`{value}` 不是主机：请写 `127.0.0.1`、`0.0.0.0`、`::1` 或主机名',
    en: '`{value}` is no host: write `127.0.0.1`, `0.0.0.0`, `::1` or a host name',
  },
  'config.login.form': {
    zh: '登录信息（不显示）缺少用户名或密码：请写 `user:password`，中间用冒号分开',
    en: 'the login (not shown) has no user or no password: write `user:password`, with the colon between them',
  },
  'config.login.cut': {
    zh: '登录信息（不显示）的哈希不完整或有误：请复制 `deltawire password` 给出的整行',
    en: 'the hash of the login (not shown) is cut or mistyped: copy the whole line that `deltawire password` prints',
  },
  'config.login.other-hash': {
    zh: '登录信息（不显示）用了别的哈希：请用 `deltawire password` 给出的哈希',
    en: 'the login (not shown) has a hash of another kind: `deltawire password` prints one that is known',
  },
  'config.login.shell': {
    zh: '登录信息（不显示）的哈希里，以 `$` 开头的部分被 shell 去掉了：请放在单引号里',
    en: 'the hash of the login (not shown) lost its `$` parts to the shell: write it in single quotes',
  },

  'config.environment': { params: { name: 'text', why: 'reason' }, zh: '`{name}`：{why}', en: '{name}: {why}' },
  'config.store-address.expected': {
    zh: '`redis://host:port/0`、`rediss://…`、`redis+sentinel://host:port,host:port/name/0` 或套接字的路径',
    en: '`redis://host:port/0`, `rediss://…`, `redis+sentinel://host:port,host:port/name/0` or the path of a socket',
  },
  'config.store-address.no-scheme': {
    params: { expected: 'reason' },
    zh: '开头没有协议；应为 {expected}',
    en: 'has no scheme; expected {expected}',
  },
  'config.store-address.scheme': {
    params: { scheme: 'text', expected: 'reason' },
    zh: '不支持协议 `{scheme}`；应为 {expected}',
    en: 'has the scheme `{scheme}`; expected {expected}',
  },
  'config.store-address.scheme-near': {
    params: { scheme: 'text', near: 'text' },
    zh: '协议 `{scheme}` 是不是 `{near}`？',
    en: 'has the scheme `{scheme}` – did you mean `{near}`?',
  },
  'config.store-address.unreadable': {
    params: { expected: 'reason' },
    zh: '不是地址；应为 {expected}',
    en: 'is no address; expected {expected}',
  },
  'config.store-address.password': {
    params: { expected: 'reason' },
    zh: '不是地址：密码里的特殊字符要编码（`/` 写成 `%2F`，`#` 写成 `%23`，`%` 写成 `%25`）；应为 {expected}',
    en: 'is no address: special characters of the password have to be encoded (`/` as `%2F`, `#` as `%23`, `%` as `%25`); expected {expected}',
  },
  'config.store-address.database': {
    params: { expected: 'reason' },
    zh: '末尾应为数据库的编号；应为 {expected}',
    en: 'ends with something else than the number of a database; expected {expected}',
  },
  'config.log-level.near': {
    params: { value: 'text', near: 'text' },
    zh: '`{value}` 不是日志级别，是不是 `{near}`？',
    en: '`{value}` is no level – did you mean `{near}`?',
  },
  'config.log-level.none': {
    params: { value: 'text', known: 'names' },
    zh: '`{value}` 不是日志级别；应为 {known} 之一',
    en: '`{value}` is no level; expected {known}',
  },
  'config.switch.form': {
    params: { value: 'text' },
    zh: '`{value}` 不是开关；应为 `1` 或 `0`',
    en: '`{value}` is no switch; expected `1` or `0`',
  },
  'config.port.form': {
    params: { value: 'text' },
    zh: '`{value}` 不是端口；应为 0 到 65535 的整数',
    en: '`{value}` is no port; expected a whole number from 0 to 65535',
  },
});

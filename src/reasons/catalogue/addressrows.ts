/** Why an address is not asked at all: it is none, or the guard refuses it. */
import { rows } from './row.ts';

export const ADDRESS = rows({
  'fetch.address.none': { params: { text: 'text' }, zh: '“{text}”不是网址', en: '"{text}" is not an address' },
  'fetch.address.long': {
    params: { most: 'count' },
    zh: '网址超过 {most} 个字符',
    en: 'the address is longer than {most} characters',
  },
  'fetch.address.no-rsshub': {
    zh: '没有 RSSHub 地址：请在 settings.yaml 里设置 rsshub',
    en: 'no RSSHub address: set `rsshub` in settings.yaml',
  },
  'fetch.address.protocol': {
    params: { protocol: 'text' },
    zh: '不抓取 {protocol} 地址，只抓取 http: 和 https:',
    en: '{protocol} addresses are refused, only http: and https: are fetched',
  },
  'fetch.address.userinfo': {
    params: { host: 'text' },
    zh: '{host} 的网址里不能带用户名或密码',
    en: 'a user name or password in the address of {host} is refused',
  },
  'fetch.address.port': {
    params: { host: 'text', port: 'count' },
    zh: '{host} 的端口 {port} 属于别的协议，不予连接',
    en: 'port {port} of {host} belongs to another protocol and is refused',
  },
  'fetch.address.refused': {
    params: { host: 'text', kind: 'reason' },
    zh: '{host} 是{kind}，不在 allowAddresses 内',
    en: '{host} is {kind} outside allowAddresses',
  },
  'fetch.address.resolved': {
    params: { host: 'text', ip: 'text', kind: 'reason' },
    zh: '{host} 解析到 {ip}，是{kind}，不在 allowAddresses 内',
    en: '{host} resolves to {ip}, which is {kind} outside allowAddresses',
  },
  'fetch.address.redirected': {
    params: { host: 'text', why: 'reason' },
    zh: '{host} 跳转到不允许的网址：{why}',
    en: '{host} redirects to a refused address: {why}',
  },
  'fetch.address.proxy': {
    params: { text: 'text' },
    zh: '“{text}”不是 HTTP 代理的地址',
    en: '"{text}" is not the address of an HTTP proxy',
  },
  'fetch.kind.unspecified': { zh: '未指定地址', en: 'an unspecified address' },
  'fetch.kind.broadcast': { zh: '广播地址', en: 'a broadcast address' },
  'fetch.kind.multicast': { zh: '组播地址', en: 'a multicast address' },
  'fetch.kind.link-local': { zh: '链路本地地址', en: 'a link-local address' },
  'fetch.kind.loopback': { zh: '本机地址', en: 'a loopback address' },
  'fetch.kind.carrier-grade-nat': { zh: '运营商内网地址', en: 'a carrier-grade NAT address' },
  'fetch.kind.own': { zh: '本机网卡的地址', en: "one of this machine's own addresses" },
  'fetch.kind.private': { zh: '内网地址', en: 'a private address' },
  'fetch.kind.metadata': { zh: '云平台元数据地址', en: 'a cloud metadata address' },
  'fetch.kind.reserved': { zh: '保留地址', en: 'a reserved address' },
  'fetch.kind.none': { zh: '无效的 IP 地址', en: 'not an IP address' },
  'fetch.kind.inside-ipv6': { params: { kind: 'reason' }, zh: 'IPv6 里的{kind}', en: '{kind} inside an IPv6 one' },
});

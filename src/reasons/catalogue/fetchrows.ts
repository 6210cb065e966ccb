/** What network and servers do instead of giving a document; the second part of a code is the stage of the fetch. */
import { rows } from './row.ts';

export const FETCH = rows({
  'fetch.dns.no-name': {
    params: { host: 'text' },
    zh: '{host} 无法解析：域名不存在',
    en: '{host} cannot be resolved: the name does not exist',
  },
  'fetch.dns.no-address': {
    params: { host: 'text' },
    zh: '{host} 无法解析：域名没有对应的地址',
    en: '{host} cannot be resolved: the name has no address',
  },
  'fetch.dns.silent': {
    params: { host: 'text' },
    zh: '{host} 无法解析：域名服务器没有响应',
    en: '{host} cannot be resolved: the name server did not answer',
  },
  'fetch.dns.failed': {
    params: { host: 'text' },
    zh: '{host} 无法解析：域名服务器出错',
    en: '{host} cannot be resolved: the name server failed',
  },
  'fetch.dns.cancelled': {
    params: { host: 'text' },
    zh: '{host} 无法解析：查询中断',
    en: '{host} cannot be resolved: the look-up was broken off',
  },

  'fetch.connect.failed': {
    params: { host: 'text', why: 'reason' },
    zh: '无法连接 {host}：{why}',
    en: 'cannot connect to {host}: {why}',
  },
  'fetch.connect.proxy': {
    params: { host: 'text', status: 'status' },
    zh: '访问 {host} 时代理返回 {status}',
    en: 'the proxy answered {status} for {host}',
  },
  'fetch.connect.other': { params: { host: 'text', said: 'text' }, zh: '{host}：{said}', en: '{host}: {said}' },
  'fetch.socket.refused': { zh: '连接被拒绝', en: 'the connection was refused' },
  'fetch.socket.reset': { zh: '连接被重置', en: 'the connection was reset' },
  'fetch.socket.closed': { zh: '连接被关闭', en: 'the connection was closed' },
  'fetch.socket.timeout': { zh: '连接超时', en: 'the connection attempt timed out' },
  'fetch.socket.no-route-to-host': { zh: '没有到主机的路由', en: 'no route to the host' },
  'fetch.socket.no-route-to-network': { zh: '没有到该网络的路由', en: 'no route to the network' },
  'fetch.socket.no-local-address': { zh: '本机没有能到达它的地址', en: 'no local address can reach it' },

  'fetch.tls.self-signed': {
    params: { host: 'text' },
    zh: '与 {host} 的加密连接失败：证书是自签的',
    en: 'TLS with {host} failed: the certificate is self-signed',
  },
  'fetch.tls.unknown-root': {
    params: { host: 'text' },
    zh: '与 {host} 的加密连接失败：证书链的根不受信任',
    en: 'TLS with {host} failed: the certificate chain ends in an unknown authority',
  },
  'fetch.tls.incomplete-chain': {
    params: { host: 'text' },
    zh: '与 {host} 的加密连接失败：服务器给的证书链不完整',
    en: 'TLS with {host} failed: the server does not send the whole certificate chain',
  },
  'fetch.tls.unknown-authority': {
    params: { host: 'text' },
    zh: '与 {host} 的加密连接失败：证书的签发者不受信任',
    en: 'TLS with {host} failed: the certificate is of an unknown authority',
  },
  'fetch.tls.expired': {
    params: { host: 'text' },
    zh: '与 {host} 的加密连接失败：证书已过期',
    en: 'TLS with {host} failed: the certificate has expired',
  },
  'fetch.tls.not-yet-valid': {
    params: { host: 'text' },
    zh: '与 {host} 的加密连接失败：证书尚未生效',
    en: 'TLS with {host} failed: the certificate is not valid yet',
  },
  'fetch.tls.revoked': {
    params: { host: 'text' },
    zh: '与 {host} 的加密连接失败：证书已吊销',
    en: 'TLS with {host} failed: the certificate was revoked',
  },
  'fetch.tls.other-host': {
    params: { host: 'text' },
    zh: '与 {host} 的加密连接失败：证书属于别的主机',
    en: 'TLS with {host} failed: the certificate is for another host',
  },
  'fetch.tls.not-completed': {
    params: { host: 'text', why: 'reason' },
    zh: '与 {host} 的加密连接失败：服务器给的证书链不完整，也没能补全：{why}',
    en: 'TLS with {host} failed: the server does not send the whole certificate chain, which could not be completed: {why}',
  },
  'fetch.tls.names-no-issuer': {
    zh: '证书没有写签发者证书的地址',
    en: 'the certificate names no address of its issuer’s certificate',
  },
  'fetch.tls.no-issuer-there': {
    params: { address: 'text' },
    zh: '{address} 没有给出签发者的证书',
    en: '{address} does not give the issuer’s certificate',
  },
  'fetch.tls.issuer-is-root': {
    zh: '签发者是根证书，而这里不信任它',
    en: 'the issuer is a root certificate, which is not trusted here',
  },
  'fetch.tls.other': {
    params: { host: 'text', code: 'text' },
    zh: '与 {host} 的加密连接失败（{code}）',
    en: 'TLS with {host} failed ({code})',
  },

  'fetch.headers.name': {
    params: { name: 'text' },
    zh: '“{name}”不是 HTTP 允许的请求头名称',
    en: '"{name}" is not a header name that HTTP allows',
  },
  'fetch.headers.value': {
    params: { name: 'text' },
    zh: '请求头 {name} 的值含有 HTTP 不允许的字符',
    en: 'the value of header {name} has characters that HTTP does not allow',
  },
  'fetch.headers.no-answer': {
    params: { host: 'text', why: 'reason' },
    zh: '{host} 没有响应：{why}',
    en: '{why} by {host} without an answer',
  },
  'fetch.headers.upgrade': {
    params: { host: 'text' },
    zh: '{host} 换了协议',
    en: '{host} switched to another protocol',
  },
  'fetch.headers.broken': {
    params: { host: 'text' },
    zh: '{host} 的响应头不合 HTTP 规则',
    en: 'the headers from {host} break the rules of HTTP',
  },
  'fetch.headers.broken-because': {
    params: { host: 'text', detail: 'text' },
    zh: '{host} 的响应头不合 HTTP 规则（{detail}）',
    en: 'the headers from {host} break the rules of HTTP ({detail})',
  },
  'fetch.headers.other': { params: { host: 'text', said: 'text' }, zh: '{host}：{said}', en: '{host}: {said}' },

  'fetch.redirect.nowhere': {
    params: { host: 'text', status: 'status' },
    zh: '{host} 返回 {status}，却没有说跳转到哪里',
    en: '{host} answered {status} without saying where to go',
  },
  'fetch.redirect.circle': {
    params: { to: 'text' },
    zh: '循环跳转，又回到 {to}',
    en: 'the redirects lead in a circle, back to {to}',
  },
  'fetch.redirect.circle-with-cookie': {
    params: { to: 'text' },
    zh: '循环跳转，又回到 {to}；它可能要求 cookie',
    en: 'the redirects lead in a circle, back to {to}; it may be waiting for a cookie',
  },
  'fetch.redirect.too-many': {
    params: { most: 'count', to: 'text' },
    zh: '跳转超过 {most} 次，下一次到 {to}',
    en: 'more than {most} redirects, the next one to {to}',
  },
  'fetch.redirect.host-rests': {
    params: { host: 'text', wait: 'span' },
    zh: '跳转到的 {host} 还要等 {wait}才能访问',
    en: '{host}, where it redirects to, is not to be asked for another {wait}',
  },
  'fetch.downgraded': {
    params: { why: 'reason', to: 'text' },
    zh: '{why}（从 https 跳转到 {to} 之后）',
    en: '{why} (after a redirect from https to {to})',
  },

  'fetch.status.other': {
    params: { host: 'text', status: 'status' },
    zh: '{host} 返回 {status}',
    en: '{host} answered {status}',
  },
  'fetch.status.wait': {
    params: { host: 'text', status: 'status', wait: 'span' },
    zh: '{host} 返回 {status}，要求等待 {wait}',
    en: '{host} answered {status} and asks to wait {wait}',
  },
  'fetch.status.part': {
    params: { host: 'text', status: 'status' },
    zh: '{host} 返回 {status}，只给了文档的一部分',
    en: '{host} answered {status} with a part of the document that nobody asked for',
  },
  'fetch.status.unasked': {
    params: { host: 'text', status: 'status' },
    zh: '{host} 返回 {status}，可是请求没有提到版本',
    en: '{host} answered {status} to a request that named no version',
  },
  'fetch.status.no-document': {
    params: { host: 'text', status: 'status' },
    zh: '{host} 返回 {status}，没有文档',
    en: '{host} answered {status}, which brings no document',
  },
  'fetch.status.gone': {
    zh: '服务器返回 410，源已下线；不再抓取，除非手动要求',
    en: '410 Gone; polling pauses until the source is asked for by hand',
  },
  'fetch.status.gone-where-moved': {
    zh: '来源迁到的新网址返回 410，已下线',
    en: '410 Gone at the address that the source had moved to',
  },
  'fetch.status.outcome': {
    params: { outcome: 'text', status: 'count' },
    zh: '没有取到文档（{status}）',
    en: '{outcome} ({status})',
  },

  'fetch.body.cut': {
    params: { host: 'text', why: 'reason' },
    zh: '{host} 还没有传完：{why}',
    en: '{why} by {host} before the body was complete',
  },
  'fetch.body.length': {
    params: { host: 'text' },
    zh: '{host} 的正文长度与 Content-Length 不符',
    en: 'the body from {host} is not as long as its Content-Length says',
  },
  'fetch.body.broken': {
    params: { host: 'text' },
    zh: '{host} 的分块不合 HTTP 规则',
    en: 'the chunks from {host} break the rules of HTTP',
  },
  'fetch.body.broken-because': {
    params: { host: 'text', detail: 'text' },
    zh: '{host} 的分块不合 HTTP 规则（{detail}）',
    en: 'the chunks from {host} break the rules of HTTP ({detail})',
  },
  'fetch.body.unasked-coding': {
    params: { host: 'text', coding: 'text' },
    zh: '{host}：正文用 {coding} 压缩，而请求并未允许',
    en: '{host}: the body is compressed with {coding}, which was not asked for',
  },
  'fetch.body.compression': {
    params: { host: 'text', coding: 'text', said: 'text' },
    zh: '{host}：正文无法解压（{coding}）：{said}',
    en: '{host}: the body cannot be decompressed ({coding}): {said}',
  },
  'fetch.body.layers': {
    params: { host: 'text', layers: 'count' },
    zh: '{host}：正文号称压缩了 {layers} 层',
    en: '{host}: the body is said to be compressed {layers} times over',
  },
  'fetch.body.other': { params: { host: 'text', said: 'text' }, zh: '{host}：{said}', en: '{host}: {said}' },

  'fetch.limit.headers': {
    params: { host: 'text', limit: 'bytes' },
    zh: '{host} 的响应头超过 {limit}',
    en: 'the headers from {host} are larger than {limit}',
  },
  'fetch.limit.announced': {
    params: { host: 'text', size: 'bytes', limit: 'bytes' },
    zh: '{host}：正文有 {size}，超过上限 {limit}',
    en: '{host}: the body is {size}, more than the limit of {limit}',
  },
  'fetch.limit.decoded': {
    params: { host: 'text', limit: 'bytes' },
    zh: '{host}：正文超过 {limit}',
    en: '{host}: the body is larger than {limit}',
  },
  'fetch.limit.arrived': {
    params: { host: 'text', limit: 'bytes' },
    zh: '{host}：收到的数据超过 {limit}',
    en: '{host}: more than {limit} arrived',
  },

  'fetch.timeout.connect': {
    params: { host: 'text', limit: 'span' },
    zh: '{limit}内没有连上 {host}',
    en: 'no connection to {host} within {limit}',
  },
  'fetch.timeout.headers': {
    params: { host: 'text', limit: 'span' },
    zh: '{limit}内没有收全 {host} 的响应头',
    en: 'no complete headers from {host} within {limit}',
  },
  'fetch.timeout.body': {
    params: { host: 'text', limit: 'span' },
    zh: '{limit}没有再收到 {host} 的正文',
    en: 'nothing more of the body from {host} for {limit}',
  },
  'fetch.timeout.whole': { params: { limit: 'span' }, zh: '{limit}内没有完成', en: 'not complete within {limit}' },
  'fetch.timeout.host': {
    params: { host: 'text', limit: 'span' },
    zh: '{host} 用时超过 {limit}',
    en: '{host} took longer than {limit}',
  },
  'fetch.timeout.aborted': { zh: '已中止', en: 'aborted' },
  'fetch.timeout.closed': { zh: '已中止：程序正在停止', en: 'aborted, because the fetcher is closed' },
});

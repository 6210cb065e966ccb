/** Decides an entry's address: the form under which its copies are one, with wrappers opened and tracking gone. */
import { safeWeb } from '../html/safeaddress.ts';
import type { Entry } from '../../model/entry.ts';
import { MOST_ADDRESS } from '../../text/url.ts';
import { anyOf } from '../../text/anyof.ts';
import { plainly } from './field.ts';
import type { ReadField } from './field.ts';

// Parameters that say where a reader came from and never what is shown.
const TRACKING = new RegExp(
  `^${anyOf(
    // Campaign and click identifiers of Western networks.
    'utm_.* fbclid gclid dclid gbraid wbraid msclkid yclid igshid mc_cid mc_eid _ga _gl _hsenc _hsmi oly_.* vero_.* mkt_tok ncid cmpid cmp ito ocid smid smtyp soc_src soc_trk trk trkcampaign at_(?:medium|campaign|custom.*) xtor guccounter guce_.* twclid ttclid',
    // Baidu, Alibaba, Tencent, Weibo, Toutiao, Bilibili, UC and the portals.
    'hmsr hmpl hmcu hmkw hmci bdchannel baiduid bd_vid bsh_bid bxsharetag wfr fr frm spm.* scm spm_id_from from_spmid vd_source seid buvid unique_k plat_id bbid is_story_h5 share_session_id uctraffic.* uc_param_str sudaref retcode gsid sinawap nsukey isappinstalled is_hot_share tt_from tt_medium toutiao.* log_from req_id use_new_style enter_from category_new module_name upstream_biz group_id_from adfrom ad_?id clicktime enterid fromvsogou g_f pvid vfrom',
    // WeChat.
    'wechat_?.* weixin.* wx_?(?:header|share|from|key.*) wxshare.* chksm mpshare scene srcid subscene ascene devicetype nettype abtestcookie pass_ticket exportkey openid unionid',
    // Where the reader came from, and who shared.
    'from from_source source ref refer referer referrer share.* sharer.* sns sn_from msource sourcetype spss(?:newsapp|nuid|devid|vid|share|ts|token)? spsnuid spsdevid spsvid spsshare spsts spstoken _trans_ xhsshare xsec_.* appuid apptime author_share',
    // Sessions and cache breakers.
    'jsessionid phpsessid sessionid timestamp _t _r rand random device_?id iid',
  )}$`,
);
// What WeChat's addresses mean: the account, the message, its place and its check word.
const WECHAT_KEYS = ['__biz', 'mid', 'idx', 'sn'];
// Addresses that carry another: host, and the parameters that hold the target.
const WRAPPERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:www\.)?google\.[a-z.]+$/, ['url', 'q']],
  [/^news\.google\.[a-z.]+$/, ['url']],
  [/^(?:www\.|cn\.)?bing\.com$/, ['url']],
  [/^link\.zhihu\.com$/, ['target']],
  [/^link\.juejin\.cn$/, ['target']],
  [/^(?:www\.)?jianshu\.com$/, ['url']],
  [/^link\.csdn\.net$/, ['target']],
  [/^weixin110\.qq\.com$/, ['url']],
  [/^c\.pc\.qq\.com$/, ['url', 'pfurl']],
  [/^(?:wx|t|passport)\.?(?:weibo)\.(?:cn|com)$/, ['u', 'url', 'toasturl']],
  [/^weibo\.cn$/, ['u']],
  [/^(?:l|lm)\.facebook\.com$/, ['u']],
  [/^out\.reddit\.com$/, ['url']],
  [/^steamcommunity\.com$/, ['url']],
  [/^(?:www\.)?douban\.com$/, ['url']],
  [/^(?:jump|go|redirect|link|out|url|t)\.[a-z\d.-]+$/, ['url', 'target', 'u', 'to']],
  [/^(?:feedproxy|feeds)\.google\.com$/, ['url']],
  [/^(?:www\.)?(?:toutiao|baidu)\.com$/, ['url', 'target']],
];
export const readLink: ReadField<Pick<Entry, 'link' | 'originalLink'>> = (_read, raw, context) => {
  const link = raw.link === null ? null : safeWeb(raw.link, context.baseUrl);
  return plainly(
    link === null ? { link: null, originalLink: null } : { link: canonicalLink(link), originalLink: raw.link },
  );
};

const ESCAPE = /%([\da-f]{2})/gi;

/**
 * The address to show and to follow: what stands behind a wrapper, without tracking parameters, session or fragment.
 * Scheme, host and path stay the publisher's, for many sites answer under only one of their forms; that two forms are
 * one address is the business of matching. An address that cannot be read comes back trimmed.
 */
export function canonicalLink(url: string): string {
  const written = url.trim();
  let parsed = parse(written);
  for (let hops = 0; hops < 3 && parsed !== null; hops++) {
    const target = unwrap(parsed);
    if (target === null) break;
    parsed = target;
  }
  return parsed === null ? written.slice(0, MOST_ADDRESS) : write(parsed);
}

function parse(text: string): URL | null {
  if (text === '' || text.length > MOST_ADDRESS) return null;
  try {
    const url = new URL(text.startsWith('//') ? `https:${text}` : text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}

function unwrap(url: URL): URL | null {
  for (const [host, names] of WRAPPERS) {
    if (!host.test(url.hostname)) continue;
    for (const name of names) {
      const value = url.searchParams.get(name);
      if (value === null || !/^https?:\/\//i.test(value)) continue;
      const target = parse(value);
      if (target !== null && target.hostname !== url.hostname) return target;
    }
  }
  // AMP caches carry the publisher's address in their path.
  const amp = /^\/(?:amp|c|v)\/(?:s\/)?([a-z\d.-]+\.[a-z]{2,}\/.*)$/i.exec(url.pathname);
  if (
    amp?.[1] !== undefined &&
    (url.hostname.endsWith('.cdn.ampproject.org') || /^(?:www\.)?google\./.test(url.hostname))
  )
    return parse(`https://${amp[1]}`);
  return null;
}

function write(url: URL): string {
  const host = url.host.replace(/\.(?=$|:)/, '');
  const path = pathOf(url);
  if (host === 'mp.weixin.qq.com') return writeWechat(url, path);
  const fragment = /^#!?\//.test(url.hash) ? url.hash : '';
  return `${url.protocol}//${host}${path}${queryOf(url)}${fragment}`;
}

function writeWechat(url: URL, path: string): string {
  const kept = WECHAT_KEYS.flatMap((name) => {
    const value = url.searchParams.get(name);
    return value === null || value === '' ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  return `https://mp.weixin.qq.com${path}${kept.length === 0 ? '' : `?${kept.join('&')}`}`;
}

function pathOf(url: URL): string {
  return url.pathname.replace(/;jsessionid=[^/]*/i, '').replace(ESCAPE, (whole, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\w.~-]/.test(character) ? character : whole.toUpperCase();
  });
}

function queryOf(url: URL): string {
  if (url.search.length < 2) return '';
  const kept: string[] = [];
  for (const [name, value] of url.searchParams) {
    if (name === '' || TRACKING.test(name.toLowerCase())) continue;
    kept.push(value === '' ? encodeURIComponent(name) : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  }
  if (kept.length === 0) return '';
  return `?${kept.join('&')}`;
}

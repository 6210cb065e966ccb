/** Replaces embedded players of known hosts by links to them; every other frame is dropped. */
import { safeWeb } from './safeaddress.ts';

const HOSTS =
  /(?:^|\.)(?:v\.qq\.com|bilibili\.com|youku\.com|iqiyi\.com|ixigua\.com|cctv\.com|cctv\.cn|cntv\.cn|miaopai\.com|weibo\.com|tudou\.com|mgtv\.com|pptv\.com|youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|dailymotion\.com|ted\.com|soundcloud\.com|ximalaya\.com)$/;

export interface PlayerLink {
  readonly href: string;
  readonly label: string;
}

/** The link that stands for a frame or media element; null for frames of unknown hosts and media without an address. */
export function playerLink(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  baseUrl: string | null,
): PlayerLink | null {
  const written = attributes['src'] ?? attributes['data-src'] ?? '';
  if (written === '') return null;
  const href = safeWeb(written, baseUrl);
  if (href === null) return null;
  if (tag === 'iframe' || tag === 'embed') return HOSTS.test(new URL(href).hostname) ? { href, label: '▶ 视频' } : null;
  if (tag === 'source' && !/^(?:video|audio)\//.test(attributes['type'] ?? '')) return null;
  const isAudio = tag === 'audio' || (attributes['type'] ?? '').startsWith('audio/');
  return { href, label: isAudio ? '▶ 音频' : '▶ 视频' };
}

/** Finds the picture that an `img` element means behind lazy loading, and drops tracking pixels and icons. */
import { readSrcset } from '../../text/srcset.ts';
import type { Element } from './tree.ts';
import { safeWeb } from './safeaddress.ts';

// Where lazy-loading scripts keep the true address, the most common first. WeChat: data-src; dede and discuz: zoomfile, file.
const LAZY = [
  'data-original',
  'data-src',
  'data-lazy-src',
  'data-lazyload',
  'data-lazy',
  'data-actualsrc',
  'data-echo',
  'data-url',
  'data-real-src',
  'zoomfile',
  'file',
  '_src',
  'original',
  'src2',
];
const PLACEHOLDER =
  /^data:|(?:^|\/)(?:blank|pixel|spacer|space|transparent|grey|gray|loading|lazy|placeholder|1x1|clear|none|dot|s|t)\.(?:gif|png|svg)|placeholder|loading\.(?:gif|svg)/i;
// Counters and statistics that pages load as pictures.
const TRACKER =
  /\/\/(?:[^/]*\.)?(?:hm\.baidu|cnzz|51\.la|google-analytics|doubleclick|scorecardresearch|quantserve|irs01|miaozhen|admaster|feedburner|feedsportal|webtrends|umeng|stat\.|stats\.|count\.|counter\.|log\.|track\.|tracker\.|beacon\.)|[/?&](?:pixel|beacon|tracking|1x1|hit|count(?:er)?)(?:\.(?:gif|png|php|asp|aspx|jsp)|\?)|feedburner\.com\/~r\//i;
/** CSS pixels; smaller pictures are spacers, counters or icons. */
const LEAST_SIDE = 3;
const ICON_SIDE = 40;

export interface Picture {
  readonly src: string;
  readonly alt: string;
}

type Attributes = Readonly<Record<string, string>>;

/** The picture that an `img` with these attributes stands for; null for none, a counter or a spacer. */
export function readPicture(attributes: Attributes, baseUrl: string | null): Picture | null {
  const width = side(attributes, 'width');
  const height = side(attributes, 'height');
  if (width !== null && width < LEAST_SIDE) return null;
  if (height !== null && height < LEAST_SIDE) return null;
  const src = pickAddress(attributes, baseUrl);
  if (src === null || TRACKER.test(src)) return null;
  return { src, alt: (attributes['alt'] ?? '').slice(0, 300) };
}

/** The attributes of a `picture`'s `img`, which takes the address of a source where it has none of its own. */
export function withSources({ children }: Element): Attributes {
  const parts = children.filter((part) => typeof part !== 'string');
  const image = parts.find(({ tag }) => tag === 'img')?.attributes ?? {};
  const sets = parts.flatMap(({ tag, attributes }) => {
    const srcset = attributes['srcset'] ?? attributes['data-srcset'] ?? '';
    return tag === 'source' && srcset !== '' ? [{ srcset, type: attributes['type'] ?? '' }] : [];
  });
  // What every reader shows goes before WebP and AVIF.
  const best = sets.find(({ type }) => !/webp|avif/i.test(type)) ?? sets[0];
  return best === undefined || 'srcset' in image ? image : { ...image, srcset: best.srcset };
}

/** Whether an `img` is an emoji or an icon in a line of text. */
export function isIcon(attributes: Attributes): boolean {
  const width = side(attributes, 'width');
  const height = side(attributes, 'height');
  if (width !== null && height !== null && width <= ICON_SIDE && height <= ICON_SIDE) return true;
  return (
    /\b(?:emoji|icon|ico|smiley|emoticon|avatar)\b/i.test(attributes['class'] ?? '') ||
    /\/(?:icons?|emojis?|smileys?|smilies|filetype[^/]*|icon_[^/]*)[/_.]/i.test(attributes['src'] ?? '')
  );
}

function pickAddress(attributes: Attributes, baseUrl: string | null): string | null {
  for (const name of LAZY) {
    const written = attributes[name];
    if (written === undefined || written === '' || PLACEHOLDER.test(written)) continue;
    if (!/[/.]/.test(written)) continue;
    const address = safeWeb(written, baseUrl);
    if (address !== null) return address;
  }
  const { src } = attributes;
  if (src !== undefined && src !== '' && !PLACEHOLDER.test(src)) {
    const address = safeWeb(src, baseUrl);
    if (address !== null) return address;
  }
  const set = largestOf(attributes['srcset'] ?? attributes['data-srcset'] ?? '');
  return set === null ? null : safeWeb(set, baseUrl);
}

/** The widest candidate of a `srcset` (HTML §4.8.4.2.1). */
function largestOf(srcset: string): string | null {
  let best: string | null = null;
  let most = -1;
  for (const { url, size } of readSrcset(srcset)) {
    const width = /^\d+(?:\.\d+)?[wx]$/.test(size) ? Number.parseFloat(size) : 1;
    if (width > most) {
      best = url;
      most = width;
    }
  }
  return best;
}

const SIDE = {
  width: /(?:^|;|\s)width\s*:\s*(\d+(?:\.\d+)?)px/i,
  height: /(?:^|;|\s)height\s*:\s*(\d+(?:\.\d+)?)px/i,
} as const;

function side(attributes: Attributes, name: 'width' | 'height'): number | null {
  const written = attributes[name] ?? SIDE[name].exec(attributes['style'] ?? '')?.[1];
  if (written === undefined || !/^\d+(?:\.\d+)?(?:px)?$/.test(written.trim())) return null;
  return Number.parseFloat(written);
}

/** Knows the captions of pictures that stand within a text. */

// 图为骆岗公园。 says where a picture was taken, not what the text is about.
const CAPTION = /(?:图为|图:|图：)[^。]{0,80}(?:。|$)/g;

/** `text` with each caption in it given up for a full stop. */
export function withoutCaptions(text: string): string {
  return text.replace(CAPTION, '。');
}

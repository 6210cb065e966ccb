/** Chooses decoders that read what publishers really send under each charset label. */
import iconv from 'iconv-lite';
import { utf8Text } from '../../text/utf8.ts';

// WHATWG Encoding §4.2 groups these labels; gb2312 and gbk documents hold GB18030 in practice.
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^(utf-?_?8|utf8mb4|unicode-1-1-utf-8|x-unicode20utf8|cesu-?8)$/, 'utf-8'],
  [/^(x-?)?(gb_?2312(-80)?|gbk|gb-?18030|cp-?936|ms936|windows-936|euc-?cn|iso-ir-58|csgb2312|chinese|gb)$/, 'gb18030'],
  [/^(x-x-)?(big-?5([-_]?(hkscs|eten))?|cn-big5|csbig5|cp-?950|windows-950)$/, 'big5'],
  [/^(shift[-_]?jis|s-?jis|x-sjis|ms_?kanji|cp-?932|windows-31j|csshiftjis)$/, 'shift_jis'],
  [/^(x-)?euc[-_]?jp$/, 'euc-jp'],
  [/^(euc[-_]?kr|ks_?c_?5601(-19(87|89))?|ksc5601|cp-?949|windows-949|uhc|korean)$/, 'euc-kr'],
  [/^iso-?2022-?jp$/, 'iso-2022-jp'],
  [
    /^(us-?ascii|ascii|ansi|ansi_x3\.4-1968|iso-?_?8859-?1|latin-?1|l1|cp-?1252|windows-1252|x-cp1252)$/,
    'windows-1252',
  ],
  [/^(utf-?_?16(be|le)?|ucs-?2|iso-10646-ucs-2|unicode(fffe|feff)?)$/, 'utf-16'],
  [/^(utf-?_?32(be|le)?|ucs-?4)$/, 'utf-32'],
  [/^(tis-?620|iso-?8859-?11|windows-874|cp874)$/, 'windows-874'],
  [/^(iso-?8859-?9|latin-?5)$/, 'windows-1254'],
];

/** Charset that a label means, lower-case; null for an empty or unknown label. `utf-16` and `utf-32` carry their order (`utf-16be`) where it is said. */
export function charsetOf(label: string | null | undefined): string | null {
  const name = (label ?? '')
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase();
  if (name === '') return null;
  for (const [pattern, charset] of ALIASES) {
    if (!pattern.test(name)) continue;
    if (charset !== 'utf-16' && charset !== 'utf-32') return charset;
    return charset + (/be$|fffe$/.test(name) ? 'be' : 'le');
  }
  const windows = /^(?:x-)?(?:cp|windows)-?(125[0-8])$/.exec(name);
  if (windows) return `windows-${windows[1]}`;
  return iconv.encodingExists(name) && !/^(base64|hex|binary|internal|ucs)/.test(name) ? name : null;
}

const NATIVE = new Set(['gb18030', 'shift_jis', 'euc-jp', 'euc-kr', 'iso-2022-jp', 'windows-874']);

/** Bytes as text in `charset` (a result of `charsetOf`); what cannot be read becomes U+FFFD. */
export function decodeAs(bytes: Uint8Array, charset: string): string {
  if (charset === 'utf-8') return utf8Text(bytes);
  if (NATIVE.has(charset)) return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  // TextDecoder reads windows-1252 as Latin-1 and Big5 without HKSCS.
  const name = charset === 'big5' ? 'big5-hkscs' : charset;
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name, { stripBOM: false });
}

/** Share of `bytes` (0–1) that is no text in `charset`, by the U+FFFD it gives. */
export function damageAs(bytes: Uint8Array, charset: string): number {
  const text = decodeAs(bytes, charset);
  let bad = 0;
  let wide = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    wide++;
    if (unit === 0xfffd) bad++;
  }
  return wide === 0 ? 0 : bad / wide;
}

// Code points that windows-1252 puts at 0x80–0x9F; the gaps stay what they are.
const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const CP1252_BYTES = new Map(Array.from(CP1252, (character, i) => [character.charCodeAt(0), 0x80 + i] as const));

/** The windows-1252 character that a C1 control (U+0080–U+009F) stands for in damaged text; empty for the five gaps. */
export function fromC1(codePoint: number): string {
  const character = CP1252.charAt(codePoint - 0x80);
  return character.charCodeAt(0) === codePoint ? '' : character;
}

/** The windows-1252 byte of a UTF-16 unit; -1 where it has none. */
export function toCp1252(unit: number): number {
  if (unit < 0x100) return unit;
  return CP1252_BYTES.get(unit) ?? -1;
}

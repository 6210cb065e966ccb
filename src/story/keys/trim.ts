/** Turns an entry's title and text into the words of the story alone: folded, without datelines, columns and tails. */
import { endOfTelling } from '../../zh/furniture.ts';
import { bareHeadline } from '../../zh/headline.ts';
import { fold } from '../../zh/script.ts';

/** Characters of a title and of a text that are looked at. */
const MOST_TITLE = 400;
const MOST_TEXT = 12_000;

// NFKC is skipped for the common text that it would not change: ideographs, ASCII, common punctuation, full-width forms.
const NEEDS_NFKC =
  /[^\u0000-\u007f\u00b7\u2010-\u201d\u2026\u3000-\u3011\u3014-\u301b\u3400-\u9fff\uff01-\uff5e\ufe30]/;

const ROMAN = ['', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'];

/** Enclosed and Roman numerals become plain ones in brackets before NFKC would run them into their neighbours. */
function openEnclosed(text: string): string {
  return text.replace(/[\u2460-\u249b\u2160-\u217b\u24f5-\u24fe\u2776-\u2793\u3220-\u3229\u3280-\u3289]/g, (mark) => {
    const unit = mark.charCodeAt(0);
    if (unit >= 0x2160 && unit <= 0x217b) return `(${ROMAN[((unit - 0x2160) % 16) + 1] ?? ''})`;
    if (unit >= 0x2460 && unit <= 0x249b) return `(${((unit - 0x2460) % 20) + 1})`;
    if (unit >= 0x2776 && unit <= 0x2793) return `(${((unit - 0x2776) % 10) + 1})`;
    if (unit >= 0x24f5 && unit <= 0x24fe) return `(${unit - 0x24f4})`;
    return `(${(unit >= 0x3280 ? unit - 0x3280 : unit - 0x3220) + 1})`;
  });
}

// Forms of characters that Hong Kong and older prints write and that OpenCC's mainland chain leaves.
const FORMS =
  '濶阔徧遍讐仇衞卫敍叙枱台粧妆糭粽衹只韮韭汚污痲麻蔴麻龢和姪侄揹背搾榨瞇眯賸剩飚飙倣仿廻回堦阶靭韧犂犁厰厂鷰燕䜩宴閙闹踫碰甦苏毘毗';
const FORM_OF = new Map(
  Array.from({ length: FORMS.length / 2 }, (_, i) => [FORMS.charAt(2 * i), FORMS.charAt(2 * i + 1)]),
);
const ANY_FORM = new RegExp(`[${[...FORM_OF.keys()].join('')}]`, 'g');
const IS_FORM = Uint8Array.from({ length: 0x10000 }, (_, unit) => Number(FORM_OF.has(String.fromCharCode(unit))));

/** Hardly any text has one, and by a table that is told in a tenth of the time that the pattern takes. */
function hasForm(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (IS_FORM[text.charCodeAt(i)] === 1) return true;
  return false;
}

/** Script, width, case, compatibility forms and invisible characters, for comparing. */
export function level(text: string): string {
  const plain = NEEDS_NFKC.test(text)
    ? openEnclosed(text)
        .normalize('NFKC')
        .replace(/\p{Cf}|\ufe0f/gu, '')
    : text;
  const folded = fold(plain);
  return hasForm(folded) ? folded.replace(ANY_FORM, (form) => FORM_OF.get(form) ?? form) : folded;
}

/** A title without the marks around it. */
export function trimTitle(title: string): string {
  return bareHeadline(level(title.slice(0, MOST_TITLE)));
}

/** A text, its opening taken off, without what follows its end; paragraphs are lines. */
export function trimText(text: string): string {
  const folded = level(text.slice(0, MOST_TEXT))
    .replace(/[^\S\n]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
  return folded
    .slice(0, endOfTelling(folded))
    .replace(/\s?\[详细\]\s?$/, '')
    .trimStart();
}

/** Recognises captions of pictures, also where a credit is glued to the end of a paragraph. */
import { T } from '../thresholds.ts';
import { readOpening } from '../../zh/opening.ts';
import { anyOf } from '../../text/anyof.ts';

// What a caption closes with: who took, gave or owns the picture.
const CREDIT = anyOf(
  '(?:^|[\\s(/。,.:、\\u4e00-\\u9fff])摄 供图 摄影 图/[\\u4e00-\\u9fff]{2,4} 社[\\s/]?图 [\\u4e00-\\u9fff]{2,4}社发 视觉中国 ic␣photo 资料图片? 资料照片 (?<!部分)(?:图片|照片|图源|图)来(?:源|自)[:于]?[^。,]{0,24} (?:视频|网络|手机|画面)截图 图据[^。,]{0,16} 航拍 拍摄 图源:?[^。,]{0,16} (?<![制配绘漫题])(?:图|图片|照片):[^。,]{2,16} 无人机照片',
);
const CREDIT_END = new RegExp(`${CREDIT}[)\\]】]*[。.]?$`);
const START = new RegExp(
  `^(?:[▲△▼↑↓←→]|\\(?${anyOf('图 图说 上图 下图 左图 右图 题图 图片 封面图 配图 资料图 资料图片 图片说明 图[一二三四五六七八九十\\d]{1,2}')}(?:为|是|:|说明|/|\\)|$)|注:.{0,40}图。?$|\\(?点击.{0,6}(?:大图|图片|放大)|图源:|\\(?[\\u4e00-\\u9fff]{2,4}社发\\(|[\\u4e00-\\u9fff]{2,4}社记者.{2,10}摄)`,
);
const NOT =
  /^(?:本报|本网)?记者.{0,24}(?:获悉|了解|看到|采访)|^图为什么|^图是(?:什么|否)|^(?:他|她|我|你|他们|大家)(?:喜欢|爱好|热爱|从事)|(?:爱好|喜欢|学习|从事|热爱)摄影$/;

/** Characters at the end of a line that a credit takes at most. */
const CREDIT_REACH = 48;

function endsInCredit(text: string): boolean {
  return CREDIT_END.test(text.length > CREDIT_REACH ? text.slice(-CREDIT_REACH) : text);
}

/** Whether a folded line is the caption of a picture. */
export function isCaption(text: string): boolean {
  if (text.length > T.caption.longest || NOT.test(text)) return false;
  const starts = START.test(text);
  if (!starts && !endsInCredit(text)) return false;
  const sentences = text.match(/[。!?;](?=.)/g)?.length ?? 0;
  if (sentences > T.caption.sentences) return false;
  return sentences === 0 || readOpening(text) === null;
}

/** Where a picture's caption or credit begins that is glued to the end of a folded paragraph; -1 without one. */
export function gluedCaption(text: string): number {
  if (text.length <= T.caption.paragraph || !endsInCredit(text)) return -1;
  const at = Math.max(text.lastIndexOf('。', text.length - 2), text.lastIndexOf('”', text.length - 2));
  if (text.length - at > T.caption.credit) return -1;
  const tail = text.slice(at + 1).trim();
  return /[,;!?]/.test(tail) || tail.length < 3 ? -1 : at + 1;
}

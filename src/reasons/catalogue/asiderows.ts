/** Why a document or an item was set aside unread: it would hold the program, or the program fails on it. */
import { rows } from './row.ts';

export const ASIDE = rows({
  'aside.document.time-limit': {
    params: { limit: 'span' },
    zh: '读取超过 {limit}，已放弃',
    en: 'reading it took longer than {limit}: given up',
  },
  'aside.document.defect': {
    params: { said: 'text' },
    zh: '读取时程序出错：{said}',
    en: 'the program failed while reading it: {said}',
  },
  'aside.item.time-limit': {
    params: { limit: 'span' },
    zh: '处理这一条超过 {limit}，已搁置',
    en: 'cleaning it took longer than {limit}: set aside',
  },
  'aside.item.defect': {
    params: { said: 'text' },
    zh: '处理这一条时程序出错，已搁置：{said}',
    en: 'the program failed while cleaning it: set aside ({said})',
  },
});

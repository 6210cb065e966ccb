/** Why an item is no entry: a code is `clean.` and the name of the rule that the ledger shows. */
import { rows } from './row.ts';

export const CLEAN = rows({
  'clean.nonentry.imprint': { zh: '报纸版面的编辑署名', en: 'the paper names the editors of a page' },
  'clean.nonentry.advertisement': { zh: '广告，不是报道', en: 'an advertisement is no story' },
  'clean.nonentry.picture': { zh: '只有图片，没有文字', en: 'a picture without a text' },
  'clean.nonentry.navigation': { zh: '网站的导航链接混进了订阅源', en: 'a link of the site got into the feed' },
  'clean.nonentry.captcha': {
    zh: '网站要求人机验证，没有给出文章',
    en: 'the site asked for a proof of humanity instead of the article',
  },
  'clean.nonentry.spam': {
    zh: '被劫持的网站当作新闻发出的色情或赌博内容',
    en: 'pornography or gambling that a hijacked site publishes as news',
  },
  'clean.nonentry.empty': { zh: '既没有标题也没有正文', en: 'neither title nor text' },
});

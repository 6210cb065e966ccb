/** Recognises items that are no entries: imprints, advertisements, pictures without a story, navigation, captchas. */
import { fold } from '../zh/script.ts';
import type { Entry } from '../model/entry.ts';
import type { Code } from '../reasons/catalogue.ts';
import { T } from './thresholds.ts';
import { isSpam } from './lines/spam.ts';

/** What stands after `clean.` in the code of the reason: a row whose reason the catalogue lacks does not compile. */
type Named<C extends Code> = C extends `clean.${infer Name}` ? Name : never;

export interface NonEntryRule<Name extends Named<Code> = Named<Code>> {
  readonly name: Name;
  /** Titles that the row takes, with an empty text; run by the tests. */
  readonly takes: readonly string[];
  readonly leaves: readonly string[];
  readonly spam?: true;
  readonly test: (title: string, text: string) => boolean;
}

const ROWS = [
  {
    name: 'nonentry.imprint',
    takes: ['本版责编:王一 李二三', '本版编辑 张三', '责编:王一'],
    leaves: ['本版责编谈办报心得', '责编的一天'],
    test: (title) =>
      /^[(【[]?(?:本版|今日|本期|版面)?(?:责任?编辑?|责编|编辑|统筹|美编|版式设计|校对)\s*[:：|\s]/.test(title) &&
      title.length <= 60,
  },
  {
    name: 'nonentry.advertisement',
    takes: ['广告', '公益广告', '(广告)', '商业广告 广告'],
    leaves: ['公益广告大赛在合肥举行', '广告法修订'],
    test: (title) => /^[(【[]?(?:公益|商业|本版|分类)?广告[)】\]]?(?:\s*广告)?$/.test(title),
  },
  {
    name: 'nonentry.picture',
    takes: ['图片报道', '图片新闻', '图片'],
    leaves: ['图片社开业'],
    test: (title, text) => /^(?:图片报道|图片新闻|图片|组图|图说|漫画|图表|摄影报道)$/.test(title) && text.length < 30,
  },
  {
    name: 'nonentry.navigation',
    takes: ['更多>>', '首页', '下一页', '登录', '查看更多', 'RSS订阅'],
    leaves: ['首页改版引热议'],
    test: (title, text) =>
      /^[[【(<>»\s]*(?:更多|more|首页|返回首页|上一页|下一页|尾页|末页|登录|注册|查看更多|点击查看更多?|加载更多|rss订阅|rss|订阅|网站地图|联系我们|关于我们|版权声明|手机版|客户端下载|广告服务|友情链接|专题|滚动|评论|搜索|导航)[\])】>»\s.…]*$/.test(
        title,
      ) && text.length < 60,
  },
  {
    name: 'nonentry.captcha',
    takes: [
      '安全验证',
      '请输入验证码',
      '访问验证',
      'Just a moment...',
      '403 Forbidden',
      '404 Not Found',
      '页面不存在',
      '环境异常',
    ],
    leaves: ['验证码短信泄露调查'],
    test: (title, text) =>
      /^(?:百度)?(?:安全验证|访问验证|人机验证|请输入验证码|滑动验证|验证码|环境异常|访问受限|访问过于频繁.{0,8}|系统繁忙|页面不存在|页面没有找到|您访问的页面.{0,12}|该内容已被.{0,12}删除|(?:4\d\d|5\d\d)(?: [a-z ]+)?|access denied|not found|forbidden|error)[!。.]*$|^(?:just a moment|attention required)/.test(
        title,
      ) && text.length < 200,
  },
  {
    name: 'nonentry.spam',
    spam: true,
    takes: ['澳门新葡京娱乐城官网开户', '国产精品自拍在线观看', '一分快3登录|平台官网入口'],
    leaves: ['警方捣毁一个网上赌博平台', '亚洲杯在线观看方式公布'],
    test: (title, text) => isSpam(title) && (text.length < T.spam.text || isSpam(fold(text.slice(0, T.spam.longest)))),
  },
  {
    name: 'nonentry.empty',
    takes: [''],
    leaves: ['快讯'],
    test: (title, text) => title === '' && text === '',
  },
] as const satisfies readonly NonEntryRule[];

export type NonEntryName = (typeof ROWS)[number]['name'];

export const NON_ENTRY_RULES: readonly NonEntryRule[] = ROWS;

/** The row that says `entry` is none; null where it is one. */
export function nonEntryOf(entry: Entry): NonEntryRule | null {
  const title = fold(entry.title).trim();
  return NON_ENTRY_RULES.find((row) => row.test(title, entry.text)) ?? null;
}

/** Rows for lines that say who, where and when: they are read into fields and leave the text. */
import {
  AUTHOR_LABEL,
  EDITOR_LABEL,
  SOURCE_LABEL,
  isBylineOnly,
  isCredit,
  isDatedLine,
  isSignedLine,
} from '../lineforms.ts';
import { outletOfReporters } from '../labels.ts';
import { isCaption } from '../captionlines.ts';
import type { LineRule } from '../linerule.ts';
import { anyOf } from '../../../text/anyof.ts';

const MOST_LABEL_LINE = 120;
const TAKEN_FROM =
  /^[(【]?(?:转(?:载)?自|摘自|选自)[\u4e00-\u9fffa-z]{2,14}(?:报|网|社|台|在线|新闻|客户端|公众号|周刊)[)】]?$/;
const RECORD_WORD = anyOf(
  '(?:信息)?索引号?码? 组配分类 (?:信息|主题|体裁|题材|服务对象)分类 主题词 (?:信息)?公开(?:方式|范围|形式|类型|时限|目录) 发文(?:机[关构]|单位|字号|文号|日期) (?:发布)?文号 (?:成文|生成|生效|废止|失效|实施)(?:日期|时间) (?:信息)?有效(?:性|期) 内容概述 信息来源单位',
);
const RECORD = new RegExp(`^${RECORD_WORD}\\s*:`);
const RECORDS = new RegExp(`(?:^|[\\s|])${RECORD_WORD}\\s*(?::|(?=\\s))`, 'g');
/** Labels of such a card from which a table is one. */
const LEAST_RECORDS = 3;

function isRecordTable(text: string): boolean {
  return text.length <= 600 && (text.match(RECORDS)?.length ?? 0) >= LEAST_RECORDS;
}

export const LABEL_RULES = [
  {
    name: 'label.caption',
    role: 'caption',
    sentences: true,
    reason: 'the line belongs to a picture',
    takes: [
      '旅客在车站候车。江淮网记者 殷小勤 摄',
      '(图片来源:安徽省台办)',
      '图为采摘现场。',
      '新华社发(徐小摄)',
      '采访团一行参观剪纸。(图片来源:市台办)',
      '▲ 施工现场',
      '资料图',
      '(点击看大图)',
      '新华社记者 张三摄',
      '注:红色为绕行路线图',
      '受访者供图',
      '1月28日,全省统战部长会议在合肥召开。某某出席并讲话。江淮社记者 饶小民 摄',
    ],
    leaves: ['他喜欢摄影', '图为什么画得这样小?', '摄氏零度以下', '这幅图片来源于他三十年的积累,值得珍藏。'],
    test: ({ text, hint }) =>
      text.length <= 200 &&
      !/^(?:栏目主编|责任?编辑?)\s*:/.test(text) &&
      (isCaption(text) ||
        (text.length <= 160 &&
          /\b(?:figcaption|caption|(?:img|image|photo|pic|picture|tu)[_-]?(?:desc\w*|txt|text|alt|info|intro|title|note|explain|caption|shuo|zhu|wrap(?:per)?|box))(?:_\d+)?\b/.test(
            hint,
          ))),
  },
  {
    name: 'label.record',
    role: 'noise',
    takesTables: true,
    files: true,
    reason: 'the card that files an official document: its index, subject, office and day',
    takes: ['索引号: JB001-0304', '发文字号:江政办〔2024〕7号', '主题分类: 综合政务', '成文日期: 2024-03-01'],
    leaves: ['索引号的编制办法', '成文日期以会议通过之日为准'],
    test: ({ text, kind }) =>
      kind === 'table' ? isRecordTable(text) : text.length <= 60 && RECORD.test(text) && !/来源|发布/.test(text),
  },
  {
    name: 'label.dated-line',
    role: 'meta',
    chrome: true,
    dates: true,
    reason: 'the line under the title with time, source and counters',
    takes: [
      '2021年06月09日 08:49:33 来源: 江淮日报',
      '2019-02-11 16:59:00来源:江南广播网',
      '发布时间:2020-03-04 10:20 浏览次数: 127 字号:[大 中 小]',
      '2026年01月03日 星期六',
      '来源:淮上晚报 作者:王小川 时间:2022-05-06',
      '05-17 09:21',
    ],
    leaves: [
      '2021年6月9日,安徽省召开电视电话会议。',
      '2020年6月,王某到合肥工作',
      '1990年4月18日,国务院正式宣布开发开放浦东。',
    ],
    test: ({ text }) => text.length <= MOST_LABEL_LINE && isDatedLine(text),
  },
  {
    name: 'label.editor',
    role: 'byline',
    chrome: true,
    ends: 'signed',
    reason: 'the editors sign below the text',
    takes: [
      '[责任编辑: 周小明 ]',
      '责编:李文、王武',
      '编辑: 郑一',
      '【编辑:曹小健】',
      '(责任编辑 张三)',
      '校对 李四',
      '责任编辑:',
    ],
    leaves: ['编辑部的故事', '责任编辑要对稿件质量负责。', '校对工作历来繁重,一字之差都不能放过'],
    test: ({ text }) => text.length <= 80 && EDITOR_LABEL.test(text) && !/[。;!?]./.test(text),
  },
  {
    name: 'label.source',
    role: 'byline',
    reason: 'the source stands in a line of its own',
    takes: [
      '来源:江淮日报',
      '(来源:无锡交警)',
      '稿源: 浙江新闻网',
      '本文来源:钱江晚报',
      '信息来源:市发改委',
      '转自:新华每日电讯',
      '转自江淮晚报',
    ],
    leaves: ['来源于生活,高于生活', '资金来源:一是财政拨款,二是社会捐赠,三是企业自筹。', '来源不明的食品不要购买。'],
    test: ({ text }) =>
      text.length <= 50 &&
      (SOURCE_LABEL.test(text) || TAKEN_FROM.test(text)) &&
      !/[。;!?]./.test(text) &&
      !/,.*,/.test(text),
  },
  {
    name: 'label.original-title',
    role: 'byline',
    reason: 'the portal gave the story another title',
    takes: ['(原标题:上海首座产业园开建)', '原标题:合肥发布五年规划', '【原题:江边的春天】'],
    leaves: ['原标题党泛滥', '原题目的解法并不唯一,老师又讲了一种。'],
    test: ({ text }) => text.length <= 120 && /^[[(【]?原(?:文)?标?题\s*:/.test(text),
  },
  {
    name: 'label.account',
    role: 'byline',
    outlet: { at: 'head', read: (raw) => raw.trim().split(/\s+/).at(-1) ?? null },
    reason: 'an account of WeChat marks its own work with 原创, the writer and its name',
    takes: ['原创 江北文旅 江北文旅', '原创 王小川 江北发布'],
    leaves: ['原创 音乐 剧目 展演', '原创动漫大赛', '原创 之 路'],
    test: ({ text }) => /^原创\s+[\u4e00-\u9fffa-z\d]{2,12}\s+[\u4e00-\u9fffa-z\d]{4,16}$/.test(text),
  },
  {
    name: 'label.printed',
    role: 'byline',
    outlet: { at: 'both', read: (raw) => /《([^《》]+)》/.exec(raw)?.[1] ?? null },
    reason: 'portals say which page of a paper printed the story',
    takes: [
      '《江淮日报》(2023年04月18日 第 06 版)',
      '(《江淮日报》2024年7月3日 1版)',
      '《江淮晚报》(2024-07-03 a05版)',
    ],
    leaves: ['《江淮日报》(1949年创刊)', '他在《江淮日报》(1962年5月3日 3版)上发表了第一篇小说。'],
    test: ({ text }) =>
      text.length <= 60 &&
      /^\(?\s?《[^》]{2,14}》\s?\(?\s?(?:19|20)\d{2}[年\-./]\d{1,2}[月\-./]\d{1,2}日?[\s,:]{0,3}第?\s?[a-z]?\d{1,3}\s?版[^)]{0,12}\)?$/.test(
        text,
      ),
  },
  {
    name: 'label.author',
    role: 'byline',
    signs: true,
    outlet: { at: 'both', read: outletOfReporters },
    reason: 'the reporters sign above or below the text',
    takes: [
      '记者杜小薇',
      '本报记者 王一 李二三',
      '(本报记者 苏小雁)',
      '作者:陈大文',
      '文/图 记者 张三丰',
      '记者:王小文、李涛',
      '通讯员 许文 记者 杨静',
      '江淮日报记者 李明',
      '撰文 | 王小文',
    ],
    leaves: [
      '记者在现场看到,道路已经恢复通行',
      '记者从会上获悉:今年任务已经完成',
      '记者:您怎么看这个问题?',
      '作者认为',
    ],
    test: ({ text }) => text.length <= 80 && AUTHOR_LABEL.test(text) && isBylineOnly(text),
  },
  {
    name: 'label.credits',
    role: 'byline',
    reason: 'the credits of videos, graphics and planning',
    takes: [
      '编导:王小艾',
      '监制:王一 李二',
      '部分画面来源:江北县融媒体中心、江南市电视台',
      '视频:张三 剪辑:李四',
      '新华社音视频部制作',
      '策划:王一 统筹:李二三',
      '制图:蔡小伟',
      '监 制:王小川',
    ],
    leaves: ['策划:把好事办好', '统筹发展和安全,是一道必答题', '视频显示,车辆没有减速'],
    test: ({ text }) => text.length <= 120 && isCredit(text),
  },
  {
    name: 'label.signed-line',
    role: 'byline',
    reason: 'several labels share the line under the title',
    takes: ['来源:江海网 作者:综合报道', '信息来源:市统计局 字号:大中小 作者:管理员'],
    leaves: ['来源:水库来水;去向:灌区', '记者:来了多少人?', '作者:一个人,一座城', '策划:把好事办好'],
    test: ({ text }) => text.length <= 110 && isSignedLine(text),
  },
] as const satisfies readonly LineRule[];

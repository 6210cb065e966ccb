/** Tells lines of injected pornography and gambling from news about them. */
import type { Cleaned } from '../../model/entry.ts';
import { anyOf } from '../../text/anyof.ts';

// Words that Chinese news does not print, or prints in sentences only.
const PORN = anyOf(
  '无码 有码 中文字幕.{0,8}(?:在线|人妻|乱|亚洲|欧美|不卡|av|无|高清|免费) 成人(?:视频|电影|网站|影院|小说|在线|影片|免费|午夜|国产|黄|av|版|动漫|h) 黄色(?:视频|网站|电影|网址|片|在线) av(?:在线|女优|天堂|男人|电影|网站|无|片|免费) 男人的?天堂 人妻 乱伦 一级(?:毛片|黄|a片|片|做) 毛片 三级片 自拍偷拍 偷拍自拍 国产精品(?!牌|质) 精品国产 精产国品 (?:国|成)产?人精品 久久(?:精品|久|综合|爱|热|国产|视频|无|免费|人人) 露(?:底|点|阴|逼|奶|b)[女性] 女优 裸(?:聊|体视频|露) 啪啪 丝袜(?:美|诱|国|制) 口交 激情(?:小说|视频|五月|图片) 做爱 性爱(?:视频|网) 性交 操逼 伦理(?:片|电影|在线) 福利(?:视频|导航|社|姬) 寡妇影院 午夜(?:福利|影院|剧场|视频|精品) (?:亚洲|国产|欧美|日韩|日本)(?:[a-z]{0,2}(?:视频|成人|精品|综合|另类|色|激情|自拍|图片区|一区|二区|在线|av|不卡|无|毛|日产|日韩|伦)|亚洲|欧美|久久) 日本不卡 不卡(?:一区|二区|三区|视频|在线|新|顿$) 国内精品 国产(?:av|自拍|在线|一区|一级|视频|日) [一二三四]区[二三四]区 [一二三]区(?:在线|入口|视频) 麻豆(?:传媒|视频) 色(?:情|综合|播|吧|哥|妹妹|欲) 黄(?:片|网站) 探花 约炮 骚(?:货|妇|女) (?:大|巨)(?:胸|乳|屌)',
);
const BETS = anyOf(
  '葡京 (?:澳门|网上|线上|真人|在线)(?:赌场|赌博网|娱乐城|博彩|百家乐|投注) 娱乐城(?:官网|开户|注册)? 六合彩(?:开奖|资料|网) 时时彩(?:平台|计划|开奖) (?:分|快|速)快?3(?:登录|邀请|平台|官网|计划|app) [一二三五十]分快三 快(?:3|三)(?:登录|邀请码|平台|官网) 北京赛车(?:pk|开奖) 百家乐 老虎机(?:游戏|网) 棋牌(?:游戏)?(?:平台|官网|下载) 博彩(?:网|平台|公司|官网) 彩票(?:平台|官网|app|下载|网) 彩神 (?:下载|注册)送(?:彩金|现金) (?:投注|下注|购彩|大发|凤凰|亚博|开云|乐鱼|米乐|华体会|九游|bob|半岛|必威|万博|爱游戏)(?:平台|官网|官方|体育|app|网投|网址|娱乐|登录) 平台官网.{0,12}(?:注册|登录|下载|入口) (?:登录|注册|官网)(?:网址)?入口 官方网站入口 邀请码 必赚(?:方案|计划) 网投',
);
const PIRATES = anyOf(
  '(?:免费观看|在线观看|在线播放|高清完整|全集免费|免费在线|手机在线)$ 》(?:免费|高清|完整版|全集)?(?:在线|免费)(?:观看|播放) 无弹窗 笔趣阁 顶点小说 全文免费阅读 最新章节 私服 代开发票 (?:办|代办)证联系',
);
const STRONG = new RegExp(`${PORN}|${BETS}|${PIRATES}`);
const SENTENCE = /[。;]|[!?]$/;
const REPORTED =
  /警方|公安|民警|法院|检察|嫌疑人|涉嫌|案件|打击|查处|整治|治理|扫黄|涉黄|涉赌|净网|曝光|举报|通报|判(?:处|决)|处罚|法规|立法|记者|报道|政府|监管|研究|调查|警惕|提醒|抓获|捣毁|防范/;

/** Whether a folded line is spam: its words, and no sentence that reports on them. */
export function isSpam(text: string): boolean {
  if (text.length > 400 || SENTENCE.test(text)) return false;
  return STRONG.test(text) && !REPORTED.test(text);
}

/** Whether spam was taken out of an item, or it was nothing else. */
export function bearsSpam({ removed, nonEntry }: Pick<Cleaned, 'removed' | 'nonEntry'>): boolean {
  return nonEntry?.rule === 'nonentry.spam' || removed.some(({ rule }) => rule === 'noise.injected-spam');
}

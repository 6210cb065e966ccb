/** Rows for chrome: share prompts and buttons, navigation, paths, counters, and what stands alone outside the body. */
import type { LineRule } from './rules.ts';
import { alone, anyOf } from './words.ts';

const BUTTON = anyOf(
  '(?:一键)?分享(?:到|至|给|本文|文章|让更多人看到|此文|本页|按钮)?.{0,12} 扫一扫.{0,24} 扫码.{0,24} 扫描(?:二维码|上方|下方|左侧|右侧|上面|下面).{0,24} (?:用|使用|打开|请用)?(?:手机)?(?:微信|支付宝)(?:扫|“扫|里点|客户端扫).{0,30} 打开微信.{0,30} (?:长按|识别).{0,6}(?:二维码|图片|图中|关注).{0,20}',
  '(?:请)?(?:点击|戳|点)(?:上方|下方|右上角|左下角|此处|这里|阅读原文|蓝字|关注|收听|播放|进入|查看|图片|标题|文末|↑|上面|下面).{0,24} 阅读(?:原文|全文) 查看(?:全文|原文|更多|原图|详情) 展开(?:全文|剩余.{0,8})? 收起(?:全文)? (?:点(?:个)?)?(?:赞|在看)(?:支持|鼓励)?(?![和量数率者]).{0,8} 喜欢(?:就|请|的|,)?.{0,4}点.{0,10} 转发(?:扩散|周知|朋友圈)? 请?(?:使用|用)浏览器.{0,4}分享功能.{0,8} 正在(?:阅读|浏览|播放):?.{0,60} 收藏(?:本文|此页)? 打印(?:本页|本文|文章|此页|页面|本稿)? (?:关闭|关闭窗口|关闭本页|关闭此页|关闭页面|关闭本窗口) (?:我要)?(?:纠错|报错)(?:/建议)? (?:返回|回到)?顶部 字(?:号|体)(?:大小|设置|调整)?:?.{0,14} 大\\s*中\\s*小 [+\\-]?a[+\\-]? a-\\s*a\\+',
  '评论 参与(?:评论|讨论|互动) (?:浏览|阅读|点击|访问|查看)(?:次数|量|数|人数)?:?\\s*\\d*次? 微信 微博 (?:新浪|腾讯|搜狐|网易)微博 qq空间 qq好友 qq 微信好友 (?:微信)?朋友圈 人人网? 豆瓣 开心网 百度贴吧 facebook twitter 复制(?:链接|网址|成功) 手机(?:看新闻|看本文|版|阅读|网|客户端) wap版 电脑版 (?:下载|打开|安装|点击下载).{0,12}(?:app|客户端).{0,10} app(?:下载|内打开|专享)? 打开(?:app|应用).{0,12} (?:听新闻|语音播报|朗读|收听|播放|暂停|倍速|全屏|重播|静音) (?:视频|图片|页面|数据)?(?:加载中|正在加载|缓存中|努力加载中).{0,6}',
  '登录 注册 (?:登录|注册)/(?:注册|登录) 退出 搜索 投稿 订阅 关注 已关注 取消关注 \\+\\s?关注 加关注 关注(?:我们|ta|他|她) 申请入驻 举报(?:反馈)? 反馈 更多 more 简体(?:版|中文)? 繁(?:体|體)(?:版|中文)? english 无障碍(?:浏览|阅读|版)? (?:适老|长者|关怀)(?:版|模式|化)? 设为首页 加入收藏 收藏本站 rss 邮箱 微门户 (?:智能)?(?:问答|机器人) (?:上|下)一张 \\d+/\\d+ 原图 大图 幻灯 推广 广告 换一(?:换|批) 没有了 返回 首页 顶 踩 \\d+人?(?:赞|赞过|评论|跟贴|跟帖|参与|分享|点赞) 快来(?:抢沙发|发表评论).{0,8} 暂无评论 字数:?\\d+',
);
const BUTTON_ALONE = alone(`(?:${BUTTON})`);
const FOLLOW = new RegExp(
  `^.{0,16}${anyOf('敬请关注 欢迎关注 请关注 关注 添加 搜索 订阅 加入')}.{0,26}${anyOf('微信(?:公众号|公号|号|平台)? 公众号 公众平台 官方(?:微信|微博) 微博 抖音号? 快手号? 客户端 视频号 app')}[^。]{0,30}[。!]?$|(?:扫描|扫|长按|识别).{0,12}二维码.{0,24}$|^.{0,24}(?:下载|打开|登录).{0,12}(?:客户端|app)(?:,.{0,24})?[。!]?$|^(?:更多|查看|获取|了解).{0,16}(?:请|敬请|欢迎)(?:下载|关注|访问|登录|点击|扫).{0,30}$|^(?:新闻|报料|爆料|投稿)(?:热线|邮箱|线索|电话)[:,].{0,40}$|^(?:欢迎)?(?:投稿|来稿)(?:邮箱|信箱|请发至?)?:?\\s?[\\w.-]+@[\\w.-]+$|^(?:觉得.{0,8})?[,]?(?:请|就|欢迎|记得|别忘了)?(?:点个?)?(?:点赞|赞)\\s?[+&]\\s?(?:点?在看|转发|收藏|分享)[^,。]{0,4}$`,
);
const FOLLOWED_SENTENCE = /[。!].+[。!]|(?:说|表示|介绍|称|指出|认为|要求)[,:“]/;
const PATH =
  /^(?:您|你)?(?:当前|现在|目前|所在|所处)?(?:的)?(?:所在)?位置(?:是)?\s*[:>]|^首页\s*[>»›/→\-_·]|^(?:您|你)(?:现在|目前|当前)?(?:所)?(?:在|处)(?:的)?(?:位置)?(?:是)?\s*:|[>»›→].{0,40}(?:正文|内容|详情|详细|新闻|资讯|动态|要闻|信息)$|^[^。,]{1,20}(?:\s?(?:>{1,2}|[»›→])\s?[^。,>]{0,20}){2,}$|^[>»›]\s?[^。,]{1,20}$|^[^。,>]{2,12}\s?[>»›]\s?[^。,>]{2,12}$/;

export const EDGE_RULES: readonly LineRule[] = [
  {
    name: 'edge.counter',
    role: 'edge',
    reason: 'numbers, pages and weather that stand alone',
    takes: ['08132', '19', '上海 5℃ 0', '1/12', '共3页', '1 2 3 4 5'],
    leaves: ['5月20日至31日', '无锡-G312-S229'],
    test: ({ text }) =>
      /^[\d\s:\-/.,|()+]+$/.test(text) ||
      /^[\u4e00-\u9fff]{2,4} -?\d+(?:~-?\d+)?℃/.test(text) ||
      /^本文共\d+页|^【?\s*(?:第\d+页\s*){2,}】?$|^(?:www\.)?[a-z\d-]+(?:\.[a-z\d-]+){0,2}\.(?:com|cn|net|org|gov)(?:\.cn)?$|^[(第共]?(?:共|第)?\d+页(?:[/,\s]?共?\d+页)?\)?$/.test(
        text,
      ),
  },
  {
    name: 'edge.share',
    role: 'share',
    sentences: true,
    reason: 'buttons and prompts of the page',
    takes: [
      '分享到:',
      '用微信扫描二维码',
      '分享至好友和朋友圈',
      '打印',
      '关闭',
      '敬请关注“江淮网”微信公众号',
      '字号:大 中 小',
      '浏览次数:',
      '阅读原文',
      '下载江淮新闻客户端',
      '简体|繁体|无障碍浏览',
      '【字体:大 中 小】',
      '分享 打印 收藏',
      '长按识别二维码关注我们',
      '新闻热线:0000-12345678',
      '欢迎投稿:news@jianghuai.example',
      '觉得不错,请点赞+在看',
    ],
    leaves: [
      '关注民生,就是关注发展',
      '打印店老板说',
      '微信支付方便了游客',
      '关注企业需求,市里出台十条措施。',
      '市民可以扫描二维码报名。活动将持续三天。',
      '首页改版',
      '点赞和收藏量双双破万',
    ],
    test: ({ text }) =>
      text.length <= 90 &&
      (BUTTON_ALONE.test(text) || (FOLLOW.test(text) && !FOLLOWED_SENTENCE.test(text)) || isButtonRow(text)),
  },
  {
    name: 'edge.navigation',
    role: 'edge',
    reason: 'a row of links',
    takes: [
      '要闻 人事 政情 本网 旅游 图片',
      '首页|新闻|财经|体育|娱乐',
      '国家发改委|中国浙江|浙江政务服务网',
      '时政 国际 财经 军事 社会 科技',
    ],
    leaves: ['王一 李二 张三', '今天 天气 不错'],
    test: ({ text, linked }) => isNavigationRow(text) || (linked > 0.85 && text.length <= 30 && !/[。,]/.test(text)),
  },
  {
    name: 'edge.breadcrumb',
    role: 'edge',
    reason: 'the path to the page',
    takes: [
      '江淮网 > > 安徽频道 > > 正文',
      '您当前的位置: 首页 > 新闻中心',
      '首页 > 要闻 > 本地',
      '>投资运行',
      '当前位置:首页»时政',
      '首页 - 新闻 - 正文',
      '新闻中心 > 正文',
    ],
    leaves: ['位置优越,交通便利', '当前位置靠近长江'],
    test: ({ text }) => text.length <= 120 && PATH.test(text) && !/(?:更多|more)\s*>/.test(text),
  },
  {
    name: 'edge.scrap',
    role: 'edge',
    reason: 'labels without a value',
    takes: ['摘要:', '正文', '导读:', '作者:', '核心提示:', '微信号', '功能介绍'],
    leaves: ['正文部分共三章', '摘要如下', '数据显示'],
    test: ({ text }) => SCRAP.test(text),
  },
];

const SCRAP = alone(
  anyOf(
    '摘要 导读 核心提示 提要 内容提要 内容摘要 正文 文章正文 来源 作者 编辑 责任编辑 时间 发布时间 标题 副标题 引题 肩题 主题 字数 微信号 功能介绍 新闻 要闻 详情 内容 简介 本文来源 原标题 新闻正文 文章内容 点击数 更新时间 文章来源 信息来源 发布者 浏览',
  ),
);

/** 简体|繁体|打印: every part of the row is a button. */
function isButtonRow(text: string): boolean {
  const parts = text.split(/[\s|丨·/]+/).filter((part) => part !== '');
  return parts.length >= 2 && parts.length <= 24 && parts.every((part) => BUTTON_ALONE.test(part));
}

/** At least five short words in a row, half of them of two characters, or three between bars. */
function isNavigationRow(text: string): boolean {
  if (text.length > 600 || /[。,;!?:“”《》]|版权|联系我们|隐私/.test(text)) return false;
  const bars = text
    .split(/[|丨︱｜]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (bars.length >= 3 && bars.every((part) => part.length <= 12)) return true;
  const words = text.split(/[\s|丨·]+/).filter((part) => part !== '');
  return (
    words.length >= 5 &&
    words.every((word) => word.length <= 6 && /^[\u4e00-\u9fffa-z\d]+$/.test(word)) &&
    words.filter((word) => word.length === 2).length >= words.length / 2
  );
}

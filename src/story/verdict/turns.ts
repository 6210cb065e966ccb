/** Tells harmless words that a headline may have more than another from those that turn it into other news. */
import { readFileSync } from 'node:fs';

// What an added word does to the news, by kind. Single characters count only where they stand alone or lead a word.
const TURNING: Readonly<Record<string, RegExp>> = {
  negation:
    /不(?!锈|动产|粘|惑)|未(?!来|央)|[无毋](?!锡|为|人|线|极|棣)|没|非(?!洲|遗|常|凡)|否|勿|免(?!税|费)|拒|反对|驳/,
  doubt:
    /假(?!期|日)|谣|疑|网传|^传(?!统|承|媒|播|染|奇|感|真|输|递|达|授|世)|盛传|传闻|传言|据传|据称|被传|或(?!许)|可能|恐(?!龙)|所谓|是否|真相|不实|误传|曝|爆料|冒充|仿冒|伪/,
  intention:
    /拟(?!人|物)|将|欲|拟定|有望|筹|预计|预期|预测|计划|打算|准备|考虑|酝酿|建议|呼吁|提议|提案|申请|申办|意向|要求|敦促|争取|力争|承诺|倒计时|年内|年底|月内|明年|后年|下周|下月|未来|即将|待|等待|^试(?!验|点|题|剂|卷)|模拟|演练|彩排|征求|征集|草案/,
  ending:
    /停|取消|中止|终|废|撤|解除|解散|撤销|放弃|失败|未果|落空|流产|推迟|延|缓|暂|搁置|叫停|结束|告吹|破裂|关闭|退出|退赛|改期|改|换|调整/,
  repetition:
    /再(?!生)|又|续(?!航)|仍|重(?!庆|大|要|磅|型|点)|第2|首(?!都|相|府|席|尔|钢|届|创|批|款|站)|更|依旧|持续|后续|后(?!勤|备)|前(?!往|沿|线|海|锋)|最后|最终|期间|过后|之后|之前|以来/,
  former: /^原|^前|^副|^代|^旧|^老|候任|候选|代理|卸任|已故|时任|未遂|冒牌|^小|^准/,
  response:
    /祝贺|致贺|贺电|慰问|致哀|哀悼|悼念|吊唁|纪念|缅怀|追悼|追思|致敬|点赞|回应|否认|承认|证实|澄清|道歉|致歉|谴责|抗议|批评|批(?!准|复|次)|质疑|抨击|驳斥|谈|评|解读|揭秘|解析|分析|盘点|回顾|解码|探访|走进|专家|网友|观众|粉丝|律师|家属|亲属|邻居|目击|当事|评论|调查|追问|追责|问责|通报|公告|声明|结果|答案|名单|原因|影响|后果|背后|幕后|致谢|更正|上诉|起诉|索赔/,
  kin: /之[子女父母妻弟兄]|父亲|母亲|妻子|丈夫|儿子|女儿|[前亡]妻|前夫|弟弟|哥哥|姐姐|妹妹|遗孀|遗体|高管|男友|女友|爸爸|妈妈|同名|同款/,
  class: /双人|混双|混合|团体|残奥|青年组|少年组|预赛|半决赛/,
  question: /[吗呢吧]|^[该应]/,
  passive: /^[被遭令让获起]|[被遭获起]$/,
  degree:
    /升级|降|升(?!旗)|翻番|扩大|缩|加码|部分|局部|个别|仅|至少|超过|逾|近(?!日|期|平)|约(?!旦|翰)|险(?!峻|情)|差点|几乎|半(?!岛|导体|球|程|年)|有条件|有限/,
};
const TURNS = Object.values(TURNING);

/** A year is no number that tells two stories apart: copies add it and leave it out. */
const YEAR = /(?:19|20)\d\d年?/g;
/** One of something: 一名, 一家. */
const ONE_OF = /(?<!\d)1(?=[名位架只家个项座条所种艘辆头棵幅])/g;

/** What asks behind a headline what it means, and tells nothing new; whole headlines are told and then asked about. */
const ASKS =
  /^(?:这)?(?:(?:对|有|会|能|是|意味着|说明|释放|带来|透露)[\u4e00-\u9fff]{0,6})?(?:如何|怎么|怎样|为何|为什么|什么|哪些|意味着什么|哪|谁)[\u4e00-\u9fff]{0,24}$/;

/** Verbs and adverbs of two characters: what is done besides is other news, what is there besides need not be. */
let deeds: ReadonlySet<string> | undefined;

/** Behind a deed, what or who does it, or where: 探测器, 管理局. */
const DOER = /[器机员者商区局所院馆站厂]/;

function saysADeed(words: string): boolean {
  deeds ??= new Set(readFileSync(new URL('../data/deeds.txt', import.meta.url), 'utf8').split('\n'));
  for (let at = 0; at + 1 < words.length; at++)
    if (deeds.has(words.slice(at, at + 2)) && !DOER.test(words.charAt(at + 2))) return true;
  return false;
}

/** Why something came about: that says no more of what did. */
const REASON = /^因(?!此|而|为)[\u4e00-\u9fff]{2,10}$/;

/** Whether words that one headline has more make it other news. */
export function isTurn(added: string): boolean {
  if (REASON.test(added) && !isContrary(added, '')) return false;
  const rest = added.replace(YEAR, '').replace(ONE_OF, '');
  return /\d/.test(rest) || TURNS.some((kind) => kind.test(rest)) || saysADeed(rest);
}

/** What a whole clause says that makes the news other than it was: it is denied, called off, comes to its end, or is spoken about. */
const ANY_CONTRARY =
  /谣|不实|否认|虚惊|误传|假(?!期|日)|网传|传闻|取消|延期|暂停|叫停|撤回|失败|未果|落空|终止|道歉|更正|被判|宣判|判决|公诉|处理结果|调查结果|调查报告|进展|后续|问责|追责|祝贺|致贺|贺电|悼|专家|评论|时评|解读|盘点|回顾|网友|去世|遇难|不治|升至|增至|再次|恢复/g;

/** Whether a clause that one headline has more turns the news that `kept`, the rest of it, tells. */
export function isContrary(clause: string, kept: string): boolean {
  return [...clause.matchAll(ANY_CONTRARY)].some(([word]) => !kept.includes(word));
}

/** Whether what follows a headline merely asks about it. */
export function isQuestion(added: string): boolean {
  return ASKS.test(added);
}

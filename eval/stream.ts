/** Headlines as a day's stream brings them, made from forms and lists of words, each labelled: is it about the Delta? */

export interface StreamHeadline {
  readonly title: string;
  readonly in: boolean;
}

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

/** Of the Delta: provinces, cities, counties and districts, what lies in them, in both scripts and in pinyin. */
const HERE = words(`
  安徽 合肥 芜湖 蚌埠 马鞍山 安庆 黄山 滁州 阜阳 六安 亳州 宣城 肥西县 砀山 歙县 桐城 繁昌区 上海 浦东 徐汇 嘉定 崇明 江苏 南京 无锡
  徐州 常州 苏州 南通 连云港 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 张家港 沭阳 浙江 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州
  丽水 义乌 慈溪 诸暨 余姚 海宁 萧山 鄞州 無錫 蕪湖 揚州 紹興 長三角`);
const ELSEWHERE = words(`
  北京 天津 河北 石家庄 山西 太原 内蒙古 沈阳 大连 长春 哈尔滨 福州 厦门 泉州 南昌 赣州 济南 青岛 烟台 郑州 洛阳 武汉 宜昌 长沙 株洲 广州
  深圳 佛山 东莞 南宁 桂林 海口 三亚 重庆 成都 绵阳 贵阳 昆明 大理 拉萨 西安 宝鸡 兰州 西宁 银川 乌鲁木齐 喀什 台北 香港 澳门 東莞 廣州
  東京 首尔 纽约 伦敦 巴黎 曼谷`);
const THINGS = words(`
  公交线路 社区食堂 口袋公园 养老驿站 图书馆 停车场 过街天桥 菜市场 体育馆 充电站 便民驿站 新能源项目 产业园 中试基地 跨江隧道 科技馆 粮库
  污水处理厂 幼儿园 公租房小区 托育中心 冷链仓库 环湖绿道 职业学院`);
const EVENTS = words(`
  建成启用 今起试运行 下月开工 通过验收 改造升级 面向市民征名 开放预约 获批建设 提前完工 首次对外开放 征求意见 明年投用`);
const GOODS = words(`
  充电宝 复合肥 大白菜 羽绒服 扫地机器人 空气炸锅 防晒霜 海盐饼干 显示器 折叠屏手机 电动车 保温杯 鱼油 维生素 行李箱 望远镜 投影仪 咖啡豆`);
const DOINGS = words(`
  怎么挑不踩坑 价格又降了 应该注意什么 评测来了 为何突然走红 使用安全提示 选购指南 被曝质量问题 销量创新高 应急储备清单 进出口数据公布`);
const PEOPLE = words(`李明亮 王海宁 张建德 陈永康 刘长兴 赵安庆 周文成 马云 吴青阳 黄天台 孙永嘉 林东阳`);
const ROLES = words(`演员 歌手 导演 作家 院士 教练 主持人 摄影师 诗人 记者`);
const TOPICS = words(
  `新片定档 谈创作心得 获终身成就奖 与粉丝见面 回应传闻 新书出版 携手公益 谈退役计划 领衔主演 分享养生经`,
);
const TEAMS = words(`广东队 山东队 辽宁队 北京队 新疆队 四川队 福建队 天津队`);
const COUNTRIES = words(`美国 英国 法国 德国 日本 韩国 俄罗斯 印度 巴西 加拿大 澳大利亚 埃及 土耳其 泰国`);
const AFFAIRS = words(
  `公布就业数据 央行维持利率 举行大选 遭遇热浪 发生地震 议会通过预算 与邻国会谈 修订签证政策 一列车脱轨 宣布新关税`,
);
const HEALTH = words(`
  久坐如何护腰 晚睡会变笨吗 喝水有讲究 感冒要不要吃药 体检报告怎么看 这些习惯伤眼睛 冬天泡脚的误区 长期熬夜怎么补 高血压饮食清单`);

/** Names of the Delta that mean no place, or none of its own. */
const NOT_HERE = words(`
  沪指收涨三成个股飘红 沪深三百指数震荡 上合组织峰会发表宣言 上海合作组织成员国会晤 淮海战役老兵忆往事 南京大屠杀幸存者证言展在柏林
  扬州炒饭的家常做法 无锡排骨怎么炖 黄山松国画赏析 金山办公发布财报 金山银山理念写进教材 东海舰队远海训练 旧金山街头停电 安吉星系统升级
  文成公主进藏的故事 龙游浅水成语故事 沪江日语课程更新 芜湖起飞是什么梗 上海堡垒影评 平湖秋月琵琶独奏 天台上的盆栽 无为而治的智慧 台风天应对指南
  金陵十二钗人物分析 海盐焦糖的做法 江山如此多娇朗诵 旧衣服和县官的传说 从同里人到异乡人 三门课怎么选 全国企业所得税新规 亚太地区经济展望
  小城市委书记的一天 几个充电宝应急够用 北上资金净流入 台北南京东路车祸 青岛宁波路施工 天津静海区招生 重庆江北区楼市 北京朝阳公园花展
  广州海珠区灯会 武汉江岸区拆迁 山西太和殿修缮 深圳南山区人才房 西安长安区招聘 济南历下区改造 长沙芙蓉区体检 沈阳铁西区老厂房`);

type Form = (pick: (list: readonly string[]) => string) => string;

const OF_PLACE: readonly ((place: string) => Form)[] = [
  (place) => (pick) => `${place}一${pick(['处', '座', '批'])}${pick(THINGS)}${pick(EVENTS)}`,
  (place) => (pick) => `${place}：${pick(THINGS)}${pick(EVENTS)}`,
  (place) => (pick) => `明天起，${place}${pick(THINGS)}${pick(EVENTS)}`,
  (place) => (pick) => `${place}今年新建${pick(THINGS)}超百个`,
  (place) => (pick) => `记者走访${place}${pick(THINGS)}`,
];

const ELSE: readonly Form[] = [
  (pick) => `${pick(GOODS)}${pick(DOINGS)}`,
  (pick) => `${pick(['专家提醒', '全国范围内', '双十一', '年轻人爱上'])}：${pick(GOODS)}${pick(DOINGS)}`,
  (pick) => `${pick(ROLES)}${pick(PEOPLE)}${pick(TOPICS)}`,
  (pick) => `${pick(COUNTRIES)}${pick(AFFAIRS)}`,
  (pick) => `${pick(TEAMS)}3-${pick(['0', '1', '2'])}${pick(TEAMS)} ${pick(['晋级', '连胜', '主场告捷'])}`,
  (pick) => pick(HEALTH),
  (pick) => `国家部门：${pick(GOODS)}新国标${pick(['实施', '公布', '征求意见'])}`,
  (pick) => pick(NOT_HERE),
];

/** `count` headlines: of ten two are of the Delta, three of elsewhere, five of nowhere; the same ones at every call. */
export function streamOf(count: number): readonly StreamHeadline[] {
  return Array.from({ length: count }, (_, index) => {
    let draw = Math.imul(index + 1, 0x9e3779b1) >>> 0;
    const pick = (list: readonly string[]): string => {
      draw = (Math.imul(draw ^ (draw >>> 15), 0x2c1b3c6d) + 0x165667b1) >>> 0;
      return list[draw % list.length] ?? '';
    };
    const kind = index % 10;
    const place = kind < 2 ? pick(HERE) : pick(ELSEWHERE);
    const form =
      kind < 5
        ? OF_PLACE[Math.floor(index / 10) % OF_PLACE.length]?.(place)
        : ELSE[Math.floor(index / 10 + kind) % ELSE.length];
    return { title: form?.(pick) ?? '', in: kind < 2 };
  });
}

/** Pairs of entries that look alike and tell different stories, each with what tells them apart. */
import { DRILL, forecast, join, prices, RAILWAY } from './texts.ts';
import { DAY_MS, type Draft, NOW } from './write.ts';

const railway: Draft = { title: RAILWAY.title, text: join(RAILWAY.paragraphs) };
const drill: Draft = { title: DRILL.title, text: join(DRILL.paragraphs) };
const first = RAILWAY.paragraphs[0] ?? '';

const reward = (court: string, debtor: string): Draft => ({
  title: `${court}人民法院悬赏公告`,
  text: `本院在执行被执行人${debtor}借款合同纠纷一案中，因被执行人未履行生效法律文书确定的义务，现向社会征集财产线索，悬赏金额按执行到位金额的一成计算。\n举报人应提供真实姓名和联系方式，本院依法为其保密，悬赏期限自公告发布之日起一年，逾期自动失效。`,
});

const outage = (district: string, roads: string): Draft => ({
  title: `${district}计划停电通知`,
  text: `因设备检修，${district}供电公司定于6月8日对部分线路停电，${roads}沿线用户将受影响，请提前做好准备。\n如遇雨雪等恶劣天气，检修可能顺延，恢复送电时间可能提前，请勿在线路上作业，给您带来不便，敬请谅解。`,
});

const DESCRIPTION =
  '皖江新闻每天为您提供本地要闻、民生服务和天气出行提示，更多内容请到我们的网站查看，您也可以拨打热线提供线索，一经采用即付稿酬。祝您生活愉快，出行平安。';

const ANSWERS = [
  '记者问：今年入汛以来长江淮河来水如何？厅长答：今年入汛以来，长江安徽段最高水位比去年低一米三，淮河干流没有出现超警洪水，四十二座大型水库都在汛限水位以下运行，全省汛期总体平稳。八月下旬以来沿江降雨偏少，各地已经转入蓄水保灌，淠史杭、驷马山等大型灌区存水比常年同期多一成，能够满足秋种和冬小麦的用水，水利厅每天会商一次，随时准备应对秋汛。',
  '记者问：农村饮水安全怎样巩固？副厅长答：皖北三市地下水换水工程已经通水，涉及二十八个县区，两千八百多万人喝上了引江济淮送来的地表水，水质检测合格率比去年提高两个百分点。',
  '记者问：水价改革进展到哪一步？处长答：农业水价综合改革已经覆盖一千六百万亩灌溉面积，每亩每年节水约三十方，节约下来的指标可以在县级平台上交易，去年成交四百多单。',
  '记者问：河湖长制明年做什么？厅长答：明年要把巡河的照片和问题全部放到一张图上，群众扫码就能看到哪条河谁在管，问题多少天没有解决，超过三十天的由省里直接督办。',
  '记者问：小型水库除险加固还剩多少？副厅长答：列入规划的九百八十座病险水库已经完工九百一十座，其余七十座春节前开工，所有水库都装上了雨水情测报和大坝安全监测设备。',
  '记者问：巢湖治理有什么新办法？厅长答：把入湖的三十三条河分成上中下三段各设考核断面，上游看水量，中游看总磷，下游看蓝藻，哪一段不达标就扣哪个县的生态补偿资金。',
];

export const DIFFERENT: readonly (readonly [string, Draft, Draft])[] = [
  ['two articles', railway, drill],
  [
    'forecasts of two days',
    { ...forecast('合肥', 3, 19, 28, 3), source: 'bureau' },
    { ...forecast('合肥', 4, 21, 30, 2), source: 'bureau', published: NOW + DAY_MS },
  ],
  ['forecasts of two days, one of them in a mirror', forecast('合肥', 3, 19, 28, 3), forecast('合肥', 4, 21, 30, 2)],
  [
    'forecasts of two cities on one day',
    { ...forecast('合肥', 3, 19, 28, 3), source: 'bureau' },
    { ...forecast('芜湖', 3, 21, 27, 4), source: 'bureau' },
  ],
  [
    'prices of two days under one headline',
    { ...prices(2, 21, 9, 4), source: 'market' },
    { ...prices(3, 22, 8, 5), source: 'market', published: NOW + DAY_MS },
  ],
  ['prices of two days in a mirror', prices(2, 21, 9, 4), { ...prices(3, 22, 8, 5), published: NOW + DAY_MS }],
  [
    'bulletins without a text that count days',
    { title: '皖北粮价日报（6月2日）' },
    { title: '皖北粮价日报（6月3日）' },
  ],
  [
    'bulletins without a text, dates in digits',
    { title: '【长三角航运指数】2026.06.02' },
    { title: '【长三角航运指数】2026.06.03' },
  ],
  [
    'bulletins without a text that count issues',
    { title: '皖江财经早知道第126期' },
    { title: '皖江财经早知道第127期' },
  ],
  ['bulletins without a text, other weekday', { title: '徽商投资内参 星期三' }, { title: '徽商投资内参 星期四' }],
  [
    'the torch in two towns, without a text',
    { title: '省运会火炬今天在宣城传递' },
    { title: '省运会火炬今天在池州传递' },
  ],
  [
    'the torch in two towns',
    {
      title: '省运会火炬今天在宣城传递',
      text: '今天（6月2日），省运会火炬传递活动在宣城举行，全程8.6公里，100名火炬手跑过宛陵湖和敬亭山脚下，沿途市民挥旗助威。',
    },
    {
      title: '省运会火炬今天在池州传递',
      text: '今天（6月3日），省运会火炬传递活动在池州举行，全程7.9公里，100名火炬手跑过平天湖和杏花村，沿途市民挥旗助威。',
      published: NOW + DAY_MS,
    },
  ],
  ['first and second part', { title: '新安江上的守望者（上）' }, { title: '新安江上的守望者（下）' }],
  [
    'parts with the same beginning',
    { ...railway, title: `${RAILWAY.title}（上）` },
    { ...railway, title: `${RAILWAY.title}（下）`, text: `${join(RAILWAY.paragraphs)}未完待续` },
  ],
  ['parts with enclosed numbers', { title: '徽州匠人录③一把刨子走天下' }, { title: '徽州匠人录④一把刨子走天下' }],
  ['parts with characters in brackets', { title: '千里淮河行（一）' }, { title: '千里淮河行（二）' }],
  ['parts with Roman numbers', { title: '皖南古道寻踪Ⅱ' }, { title: '皖南古道寻踪Ⅲ' }],
  [
    'a digest that holds the story',
    {
      title: '安徽早报｜防汛演练、夏粮收购、高考安排，今天这些事值得看',
      text: `【夏粮】全省夏粮收购6月1日启动，首日收购小麦4.2万吨，各库点备足仓容和烘干设备，农户可在手机上预约送粮。\n【高考】今年全省设考点351个，考生可凭准考证免费乘坐公交，考场周边禁止鸣笛。\n【铁路】${first}`,
    },
    railway,
  ],
  [
    'a digest that begins with the story',
    {
      title: '江淮晚间播报',
      text: `${first.slice(0, 34)}。\n全省夏粮收购6月1日启动，首日收购小麦4.2万吨，各库点备足仓容和烘干设备，农户可在手机上预约送粮。\n今年全省设考点351个，考生可凭准考证免费乘坐公交，考场周边禁止鸣笛。`,
    },
    railway,
  ],
  [
    'a standing headline with new content',
    { title: '江淮快讯', text: join(DRILL.paragraphs), source: 'tv' },
    { title: '江淮快讯', text: join(RAILWAY.paragraphs), source: 'tv', published: NOW + DAY_MS },
  ],
  ['a standing headline without a text', { title: '今日要闻速览' }, { title: '今日要闻速览' }],
  ['a greeting of two accounts', { title: '端午安康' }, { title: '端午安康！' }],
  [
    'a picture without words',
    { title: '图片报道', text: '图为6月2日，含山县林头镇的村民在田间收割小麦。张三摄' },
    { title: '图片报道', text: '图为6月2日，休宁县齐云山的茶农在晾晒夏茶。李四摄' },
  ],
  [
    'meetings of one name in two years',
    { title: '省政府召开常务会议', text: join(DRILL.paragraphs), source: 'gov' },
    { title: '省政府召开常务会议', text: join(RAILWAY.paragraphs), source: 'gov', published: NOW + 400 * DAY_MS },
  ],
  [
    'one headline twice by one source, days apart, without a text',
    { title: '专家解读长三角生态补偿新机制', source: 'one' },
    { title: '专家解读长三角生态补偿新机制', source: 'one', published: NOW + 3 * DAY_MS },
  ],
  [
    'a headline without a text, weeks apart',
    { title: '专家解读长三角生态补偿新机制' },
    { title: '专家解读长三角生态补偿新机制', published: NOW + 20 * DAY_MS },
  ],
  ['a headline and its denial', { title: '合肥南站将停运三天' }, { title: '合肥南站将停运三天？不实' }],
  [
    'an announcement and the later event of the same source',
    {
      title: '含山南站将开通',
      text: '记者6月2日从含山县获悉，含山南站将于6月18日开通运营，届时每天停靠列车26列，市民可提前十五天购票。',
      source: 'one',
    },
    {
      title: '含山南站今起开通运营',
      text: '含山南站6月18日开通运营，首日发送旅客4300人次。车站位于林头镇，站房面积1.2万平方米，每天停靠列车26列，公交8路和11路延伸至站前广场。',
      source: 'one',
      published: NOW + 16 * DAY_MS,
    },
  ],
  [
    'one address whose page changes',
    { title: '江淮要闻', link: 'https://news.example/today.html', text: join(DRILL.paragraphs) },
    { title: '皖江动态', link: 'https://news.example/today.html', text: join(RAILWAY.paragraphs) },
  ],
  [
    'two items of one feed with one description',
    { title: '淮河水位回落', text: DESCRIPTION, source: 'feed' },
    { title: '合肥地铁延时运营', text: DESCRIPTION, source: 'feed' },
  ],
  ['notices of two districts', outage('包河区', '徽州大道、繁华大道'), outage('蜀山区', '黄山路、科学大道')],
  [
    'notices of one court on two debtors',
    { ...reward('含山县', '徐大成'), source: 'court' },
    { ...reward('含山县', '瞿万里'), source: 'court' },
  ],
  ['notices of two courts', reward('含山县', '徐大成'), reward('无为市', '戚小军')],
  [
    'prices of two days that both name the day before',
    { ...prices(2, 21, 9, 4), text: `${prices(2, 21, 9, 4).text}与前一日相比持平。` },
    { ...prices(3, 22, 8, 5), text: `${prices(3, 22, 8, 5).text}与前一日相比持平。` },
  ],
  [
    'one answer, and the press conference that begins with it',
    { title: '省水利厅：今年汛期总体平稳', text: ANSWERS[0] ?? '' },
    {
      title: '安徽举行水利改革发展新闻发布会答问实录',
      text: [...ANSWERS, ...RAILWAY.paragraphs, ...DRILL.paragraphs].join('\n'),
    },
  ],
];

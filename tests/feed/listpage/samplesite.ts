/** Pages of towns that do not exist, in the layouts that channels have, for reading lists without selectors. */

const TOWNS = ['青禾', '白石', '枫桥', '柳溪', '云岭', '沙湾', '桐川', '石塘'];
const PLACES = ['图书馆', '水厂', '渡口', '茶场', '体育馆', '旧粮仓', '湿地公园', '汽车站'];
const DEEDS = ['换上新招牌', '延长开放到夜里十点', '完成屋顶检修', '迎来第一批学徒', '公布来年扩建图纸'];

/** Headline number `n`, each different. */
export function headline(n: number): string {
  const [town, place, deed] = [TOWNS[n % 8], PLACES[(n * 3 + (n >> 3)) % 8], DEEDS[(n >> 1) % 5]];
  return `${town}县${place}${deed}（之${n}）`;
}

/** 2026-11-27 for 0, then a day back every three. */
export const dayOf = (n: number): string => `2026-11-${String(27 - Math.floor(n / 3)).padStart(2, '0')}`;
export const count = (n: number): readonly number[] => Array.from({ length: n }, (_, at) => at);
export const SITE = 'https://www.qinghe-demo.cn';
export const PAGE = `${SITE}/xwzx/gzdt/index.html`;
/** Friday, 12:00 in Shanghai. */
export const NOW = Date.parse('2026-11-27T12:00:00+08:00');
export const pathOf = (n: number): string => `/xwzx/gzdt/t${dayOf(n).replaceAll('-', '')}_${7300 + n}.html`;
/** Without a date. */
export const plainPath = (n: number): string => `/xwzx/gzdt/${480_100 + n}.html`;

const NAVIGATION = ['首页', '政务公开', '办事服务', '互动交流', '走进青禾', '数据开放', '专题专栏', '部门导航'];
const nav = NAVIGATION.map((name, at) => `<li><a href="/c${at}/index.html">${name}</a></li>`).join('');
const foot = ['关于我们', '网站地图', '联系我们', '隐私声明']
  .map((name, at) => `<a href="/gy/${at}.html">${name}</a>`)
  .join(' | ');

/** `main` between the navigation and the foot that every page of a site has. */
export function frame(main: string, { head = '', title = '工作动态_青禾县人民政府' } = {}): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>
<div class="header"><ul class="nav">${nav}</ul></div><div class="crumb"><a href="/">首页</a> &gt; <a href="/xwzx/">新闻中心</a></div>
${main}<div class="footer"><p>${foot}</p><p>主办：青禾县人民政府办公室 <a href="https://beian.miit.gov.cn/">皖ICP备00000000号</a></p></div></body></html>`;
}

export const list = (rows: number, row: (n: number) => string, open = '<ul class="zlist">', close = '</ul>'): string =>
  `${open}${count(rows).map(row).join('\n')}${close}`;

/** Running text of an article. */
export const prose = (paragraphs: number): string =>
  count(paragraphs)
    .map(
      (n) =>
        `<p>${headline(n)}。工人们说，这件事从春天忙到入冬，前后来了几十趟，图纸改过三回，终于赶在第一场雪之前收尾；镇上的人每天路过都要停下来看一看。</p>`,
    )
    .join('');

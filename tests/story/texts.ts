/** Articles written for these tests, in the manner of regional news. */

/** A new railway line, in five paragraphs. */
export const RAILWAY = {
  title: '巢马城际铁路含山段铺轨完成 年底具备通车条件',
  paragraphs: [
    '6月2日上午，随着最后一对五百米长钢轨在含山南站落槽，巢马城际铁路含山段铺轨施工全部完成，全线建设由线下工程转入站后阶段。',
    '这条线路西起巢湖东站，东至马鞍山东站，全长73.2公里，设计时速350公里，沿线设4座车站，是合肥都市圈与南京都市圈之间的一条便捷通道。',
    '“铺轨精度要控制在毫米以内，夜里气温稳定时我们才锁定轨温。”项目现场负责人陆文川介绍，施工团队采用自动铺轨机组，单日最多推进6公里，比计划提前19天。',
    '家住含山县林头镇的周大姐每周要去南京看望女儿，过去转两趟汽车要走三个多小时。“以后坐火车四十来分钟就到，菜还是热的。”她笑着说。',
    '建设单位表示，接下来将开展接触网架设、信号调试和静态验收，年底前具备通车条件，沿线城市也在同步规划站前公交和停车设施。',
  ],
};

/** A flood drill on the Huai. */
export const DRILL = {
  title: '淮河干流举行防汛联合演练 三省六市队伍参加',
  paragraphs: [
    '5月29日，淮河干流防汛抢险联合演练在蚌埠闸下游举行，来自安徽、江苏、河南三省六市的28支队伍、940名队员参加。',
    '演练设置堤防管涌处置、漫堤加高、群众转移等9个科目，无人机编队在雨中传回画面，指挥中心据此调度冲锋舟和移动泵车。',
    '安徽省水利部门负责人说，今年主汛期淮河流域降雨预计偏多一到两成，各地要把预案落到每一段堤、每一个人。',
    '演练结束后，六市签订了物资互助协议，约定险情发生后两小时内首批编织袋和块石运抵现场。',
  ],
};

/** A forecast of the kind that a bureau sends out every day. */
export function forecast(
  city: string,
  day: number,
  low: number,
  high: number,
  wind: number,
): { title: string; text: string } {
  return {
    title: `${city}市6月${day}日天气预报`,
    text:
      `${city}市气象台6月${day}日06时发布：今天白天到夜里多云，东南风${wind}级，最低气温${low}℃，最高气温${high}℃，` +
      `相对湿度${low + 40}%到${high + 55}%，降水概率${wind * 10}%，空气质量良，适宜晨练和晾晒。请市民外出注意防晒，及时补充水分。`,
  };
}

/** A brief of the sort that a city's epidemic or market office issues daily under one headline. */
export function prices(day: number, pork: number, egg: number, greens: number): { title: string; text: string } {
  return {
    title: '皖江农产品批发市场今日菜价',
    text:
      `${day}日，皖江农产品批发市场共监测品种56个，其中白条猪批发均价每公斤${pork}元，鸡蛋每公斤${egg}元，青菜每公斤${greens}元，` +
      `与前一日相比总体平稳，货源充足，进场车辆${pork * 10}辆，日交易量${egg * 100}吨，请广大商户合理安排进货。`,
  };
}

export function join(paragraphs: readonly string[]): string {
  return paragraphs.join('\n');
}

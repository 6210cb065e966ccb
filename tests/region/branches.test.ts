import { describe, expect, test } from 'vitest';
import { createClassifier } from '../../src/region/classify.ts';
import { DELTA } from '../support/configs.ts';
import { BLANK } from './blank.ts';

const { classify } = createClassifier({ groups: {}, home: DELTA, terms: [], exclusions: [] });
const places = (title: string, summary = ''): readonly string[] =>
  classify({ ...BLANK, title, summary }).regions.map(({ name }) => name);

describe('what is in one place and named after another', () => {
  test.each([
    ['a bank’s branch', '徽商银行南京分行举办金融夜校', ['南京市']],
    ['a bank that a city’s name begins', '厦门银行南京分行换帅', ['南京市']],
    ['a branch in a quarter', '宁波银行南京鼓楼支行乔迁', ['南京市', '鼓楼区']],
    ['a branch far away', '杭州银行深圳分行服务外贸小店', ['深圳市']],
    ['a branch in a city whose name others share', '浙商银行西安分行办画展', ['西安市']],
    ['a firm’s company', '绿地集团郑州公司回应业主', ['郑州市']],
    ['a shop with a name of its own', '苏浙汇北京店月底停业', ['北京市']],
    ['a campus', '南京大学苏州校区迎来新生', ['苏州市']],
    ['an institute', '浙江大学海南研究院揭牌', ['海南省']],
    ['an institute with a subject', '中国科学技术大学苏州高等研究院招生', ['苏州市']],
    ['a hospital of two others', '复旦大学附属中山医院厦门医院开诊', ['厦门市']],
    ['a hospital of a university', '安徽医科大学附属阜阳医院启用', ['阜阳市']],
    ['a hotel that opens', '上海滩酒店在广州开业', ['广州市']],
    ['a house that opens', '上海大厦在乌鲁木齐落成', ['乌鲁木齐市']],
    ['a restaurant that opens abroad', '上海人家餐厅在纽约开张', []],
    ['a dealer of a brand', '成都一家上海大众4S店被投诉', ['成都市']],
    ['a dealer that opens', '上海大众4S店在成都开业', ['成都市']],
    ['a kitchen', '西安杭州面馆老板救起落水者', ['西安市']],
    ['an estate', '昆明杭州花园停水三天', ['昆明市']],
    ['an estate with a further name', '沈阳上海城小区加装电梯', ['沈阳市']],
    ['a restaurant named after a town', '武汉绍兴酒楼翻修', ['武汉市']],
    ['a shop of an old house', '南京同仁堂北京店开诊', ['北京市']],
    ['a house of finance', '安徽国元信托北京分公司换帅', ['北京市']],
    ['a quarter of a town on Taiwan', '台南永康区工厂起火', []],
    ['a market of goods', '石家庄义乌商贸城搬迁', ['石家庄市']],
    ['a county abroad', '韩国长兴郡举办木材展', []],
    ['a school in Hong Kong', '香港宁波公学校庆', ['香港特别行政区']],
    ['a style', '北京再现苏州园林式酒店', ['北京市']],
  ])('%s: %s', (_, title, expected) => {
    expect(places(title).toSorted()).toEqual([...expected].toSorted());
  });

  test.each([
    ['a brand', '黄山牌香烟价格上调'],
    ['a brand of any place', '无锡牌缝纫机成了收藏品'],
    ['a road in another city', '广州南京路水管爆裂'],
    ['a road in another city', '青岛合肥路早高峰拥堵'],
    ['a house of people from elsewhere', '北京安徽会馆重新开放'],
    ['a dish', '扬州炒饭怎么炒才粒粒分明'],
  ])('no place of the Delta, %s: %s', (_, title) => {
    expect(places(title).filter((name) => !/广州|青岛|北京/.test(name))).toEqual([]);
  });

  test.each([
    ['the owner’s own news', '徽商银行发布三季报', ['合肥市']],
    ['a branch at home', '徽商银行合肥分行走进社区', ['合肥市']],
    ['a province’s bank in one of its cities', '江苏农行苏州分行支持小微', ['苏州市', '江苏省']],
    ['the same of another', '安徽农商行合肥支行下乡收粮款', ['合肥市', '安徽省']],
    ['visitors who need a branch', '外滩北京游客到支行换零钱', ['北京市', '上海市']],
    ['what the owner does elsewhere', '上海电气收购深圳公司', ['深圳市', '上海市']],
    ['what the owner plans elsewhere', '复旦大学拟建厦门医院', ['厦门市', '上海市']],
    ['an owner that works elsewhere', '安徽建工在四川中标', ['合肥市', '四川省']],
    ['a hotel that a traveller is in', '北京游客在上海酒店丢手机', ['北京市', '上海市']],
    ['hotels that woo elsewhere', '上海酒店业赴广州推介', ['广州市', '上海市']],
    ['hotels that woo there', '上海酒店在广州推介暑期套餐', ['广州市', '上海市']],
    ['a dealer that is visited from elsewhere', '广州记者暗访上海大众4S店', ['广州市', '上海市']],
    ['visitors of a sight', '外滩游客投诉深圳店', ['深圳市', '上海市']],
    ['customers of a shop elsewhere', '安徽消费者投诉深圳店', ['深圳市', '安徽省']],
    ['two branches in a list', '上海、北京分行同日开业', ['北京市', '上海市']],
    ['cities in a list', '北京上海多个小区试点', ['北京市', '上海市']],
    ['hotels of two cities', '北京上海酒店涨价', ['北京市', '上海市']],
    ['residents of a county in a list', '北京昆山市民互访', ['北京市', '昆山市', '苏州市']],
    ['a quarter of a county at home', '苏州昆山社区开放日', ['苏州市', '昆山市']],
    ['an estate at home', '合肥恒大花园小区换电梯', ['合肥市']],
    ['a kitchen at home in the manner of another', '上海街头一家杭州面馆走红', ['上海市']],
    ['number plates', '宁波牌照摇号今起申请', ['宁波市']],
    ['a medal', '合肥金牌教练开课', ['合肥市']],
    ['a shop of an owner from elsewhere', '海底捞上海店涨价', ['上海市']],
  ])('stays, %s: %s', (_, title, expected) => {
    expect(places(title).toSorted()).toEqual([...expected].toSorted());
  });

  test('and where the title names no place but theirs', () => {
    expect(places('银行开办金融夜校', '徽商银行南京分行昨日开办金融夜校，市民可免费听课。')).toEqual(['南京市']);
  });
});

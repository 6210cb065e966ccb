import { describe, expect, test } from 'vitest';
import { expandRegions, findRegion, loadGazetteer } from '../../src/divisions/gazetteer.ts';
import { distinctName, regionProblem } from '../../src/divisions/naming.ts';
import { say } from '../../src/reasons/render.ts';
import { DELTA } from '../support/configs.ts';

const gazetteer = loadGazetteer();
const groups = {
  长三角: ['安徽', '上海', '江苏', '浙江'],
  皖北: ['阜阳', '亳州市', '341300'],
  两家: ['皖北', '松江', '两家'],
  坏: ['安微'],
};

describe('findRegion', () => {
  test.each([
    ['full name', '合肥市', '340100'],
    ['short name', '合肥', '340100'],
    ['code', '340100', '340100'],
    ['province', '安徽', '340000'],
    ['Traditional script', '蕪湖市', '340200'],
    ['county', '阜南县', '341225'],
    ['one character and its suffix', '歙县', '341021'],
    ['district of a municipality', '浦东新区', '310115'],
    ['autonomous region', '内蒙古', '150000'],
    ['autonomous county', '景宁', '331127'],
    ['a province overrules the city of its name', '吉林', '220000'],
    ['a city overrules the district of its name', '淮安', '320800'],
    ['shared, one of them in the Delta', '太和', '341222'],
    ['shared, told apart by its city', '南京鼓楼区', '320106'],
    ['shared, told apart by its province', '江西/西湖区', '360103'],
    ['told apart by province and city', '江苏省徐州市鼓楼区', '320302'],
    ['a county that its province runs itself', '仙桃市', '429004'],
  ])('%s: %s', (_, name, code) => {
    expect(findRegion(gazetteer, name, DELTA)?.code).toBe(code);
  });

  test.each([['鼓楼区'], ['新城区'], ['安微'], ['000000'], ['99'], [''], ['市辖区']])(
    '%s names no single place',
    (name) => {
      expect(findRegion(gazetteer, name, DELTA)).toBeNull();
    },
  );
});

test('a name that several places share means the one at home', () => {
  const named = (name: string, home: string[]) => findRegion(gazetteer, name, home)?.name ?? null;
  expect(findRegion(gazetteer, '太和', [])).toBeNull();
  expect(findRegion(gazetteer, '太和', ['340000'])?.code).toBe('341222');
  expect(findRegion(gazetteer, '太和', ['210000'])?.code).toBe('210711');
  expect(named('太和', ['510000'])).toBeNull();
  expect(regionProblem('太和', {}, ['510000'])?.code).toBe('config.region.shared');
});

test('places within are those directly below', () => {
  const within = (code: string) => (gazetteer.within.get(code) ?? []).map(({ name }) => name);
  expect(within('340000')).toHaveLength(16);
  expect(within('340000')).toContain('合肥市');
  expect(within('310000')).toContain('浦东新区');
  expect(within('420000')).toContain('仙桃市');
  expect(within('341222')).toEqual([]);
});

test('every place has a name of its own, and a parent that exists', () => {
  const orphans = gazetteer.places.filter(({ parent }) => parent !== null && !gazetteer.byCode.has(parent));
  expect(orphans).toEqual([]);
  expect(gazetteer.places.filter(({ name, short }) => !/^\p{Script=Han}{2,}$/u.test(name + short))).toEqual([]);
  expect(gazetteer.places.filter(({ level }) => level === 'province')).toHaveLength(34);
});

test('expandRegions follows groups in groups, survives a circle and names what it does not know', () => {
  const { codes, unknown } = expandRegions(gazetteer, ['两家', '坏', '南京市'], { groups, home: DELTA });
  expect([...codes].sort()).toEqual(['310117', '320100', '341200', '341300', '341600']);
  expect(unknown).toEqual(['安微']);
});

test.each([
  ['340100', '合肥市'],
  ['320106', '南京市鼓楼区'],
  ['320302', '徐州市鼓楼区'],
  ['341023', '黟县'],
  ['310107', '上海市普陀区'],
  ['999999', null],
])('%s is called %s where nothing else says where it lies', (code, name) => {
  expect(distinctName(code)).toBe(name);
});

describe('regionProblem', () => {
  test.each([['长三角'], ['皖北'], ['合肥'], ['341225'], ['無錫']])('%s is fine', (name) => {
    expect(regionProblem(name, groups, DELTA)).toBeNull();
  });

  test.each([
    ['a wrong character', '安微', /"安徽"/],
    ['a wrong character in a full name', '合淝市', /"合肥市"/],
    ['a group mistyped', '长三脚', /"长三角"/],
    ['a shared name', '鼓楼区', /南京市鼓楼区 \(320106\)/],
    ['nothing near', 'Atlantis on the sea', /unknown region/],
  ])('%s: %s', (_, name, message) => {
    expect(say(regionProblem(name, groups, DELTA) ?? '', 'en')).toMatch(message);
  });
});

/** What holds where the config says nothing: five editions, the one group they need, and the home region. */
import { expandRegions, loadGazetteer } from '../../divisions/gazetteer.ts';
import type { Edition, RegionsConfig } from '../../model/config.ts';

/** Known without regions.yaml; a group of the same name there replaces it. */
export const BUILT_IN_GROUPS: RegionsConfig['groups'] = {
  长三角: ['上海市', '江苏省', '浙江省', '安徽省'],
};

/** Where regions.yaml names no home. */
const DEFAULT_HOME: readonly string[] = ['长三角'];

/** Codes of the home region that the names (of places or groups) stand for; names that mean nothing are left out. */
export function homeCodes(names: readonly string[], groups: RegionsConfig['groups']): RegionsConfig['home'] {
  const { codes } = expandRegions(loadGazetteer(), names.length > 0 ? names : DEFAULT_HOME, { groups, home: [] });
  return [...codes];
}

const edition = (id: string, title: string, description: string, region: string): Edition => ({
  id,
  title,
  description,
  regions: [region],
  match: 'about',
  sources: [],
  keep: [],
  drop: [],
  script: null,
  content: 'full',
  size: 100,
  perSource: null,
  maxAgeMs: null,
  digest: null,
});

/** Without editions.yaml; the first is the default edition. */
export const DEFAULT_EDITIONS: readonly Edition[] = [
  edition('delta', '长三角', '上海、江苏、浙江、安徽的新闻', '长三角'),
  edition('anhui', '安徽', '安徽的新闻', '安徽省'),
  edition('shanghai', '上海', '上海的新闻', '上海市'),
  edition('jiangsu', '江苏', '江苏的新闻', '江苏省'),
  edition('zhejiang', '浙江', '浙江的新闻', '浙江省'),
];

/** Stands in for config files that are not there: the five editions and the one group they need. */
import type { Edition, RegionsConfig } from '../../model/config.ts';

/** Known without regions.yaml; a group of the same name there replaces it. */
export const BUILT_IN_GROUPS: RegionsConfig['groups'] = {
  长三角: ['上海市', '江苏省', '浙江省', '安徽省'],
};

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
});

/** Without editions.yaml; the first is the default edition. */
export const DEFAULT_EDITIONS: readonly Edition[] = [
  edition('delta', '长三角', '上海、江苏、浙江、安徽的新闻', '长三角'),
  edition('anhui', '安徽', '安徽的新闻', '安徽省'),
  edition('shanghai', '上海', '上海的新闻', '上海市'),
  edition('jiangsu', '江苏', '江苏的新闻', '江苏省'),
  edition('zhejiang', '浙江', '浙江的新闻', '浙江省'),
];

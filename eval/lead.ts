/** Labelled copies of a story for the choice of its lead. */
import type { Copy } from '../src/model/story.ts';
import { chooseLead } from '../src/story/lead.ts';
import type { EvalSet } from './outcome.ts';

interface Choice {
  readonly name: string;
  readonly copies: readonly Partial<Copy>[];
  /** Place of the copy that leads now; null where there is none. */
  readonly now: number | null;
  /** Place of the copy that must lead. */
  readonly want: number;
}

const CHOICES: readonly Choice[] = [
  { name: 'a little more trusted: not worth an update', copies: [{}, { trust: 63 }], now: 0, want: 0 },
  { name: 'clearly more trusted', copies: [{}, { trust: 67 }], now: 0, want: 1 },
  {
    name: 'the whole text before a trusted half',
    copies: [{ trust: 60, length: 450 }, { length: 900 }],
    now: null,
    want: 1,
  },
  {
    name: 'a trusted half before a whole text of a mirror',
    copies: [{ trust: 64, length: 450 }, { length: 900 }],
    now: null,
    want: 0,
  },
  {
    name: 'its own outlet, as a reprint says, before one a little more trusted',
    copies: [{ trust: 59 }, { outlet: '皖江日报', sourceName: '皖江日报' }, { trust: 5, outlet: '皖江日报' }],
    now: null,
    want: 1,
  },
  {
    name: 'one more trusted before its own outlet, as a reprint says',
    copies: [{ trust: 61.5 }, { outlet: '皖江日报', sourceName: '皖江日报' }, { trust: 5, outlet: '皖江日报' }],
    now: null,
    want: 0,
  },
  {
    name: 'a claim to be the outlet, which none confirms',
    copies: [{ trust: 50.5 }, { outlet: '皖江日报', sourceName: '皖江日报' }],
    now: null,
    want: 0,
  },
  {
    name: 'a whole text, no more trusted, for a flash of another outlet',
    copies: [{ length: 60 }, {}],
    now: 0,
    want: 0,
  },
  {
    name: 'the whole text of the same outlet for its flash',
    copies: [{ length: 60, sourceName: '皖江日报 快讯' }, { sourceName: '皖江日报' }],
    now: 0,
    want: 1,
  },
  {
    name: 'none named before one that names another',
    copies: [{ trust: 54.5, outlet: '沪上晚报' }, {}],
    now: null,
    want: 1,
  },
  {
    name: 'one clearly trusted although it names another',
    copies: [{ trust: 55.5, outlet: '沪上晚报' }, {}],
    now: null,
    want: 0,
  },
  {
    name: 'a reprint without its dateline is whole',
    copies: [{ length: 860, trust: 50.5 }, { length: 1000 }],
    now: null,
    want: 0,
  },
  {
    name: 'what lacks its end is not whole',
    copies: [{ length: 720, trust: 52 }, { length: 1000 }],
    now: null,
    want: 1,
  },
  {
    name: 'a short notice is whole at two hundred characters',
    copies: [{ length: 150, trust: 60 }, { length: 215 }],
    now: null,
    want: 0,
  },
  {
    name: 'a notice of a hundred and fifty characters is not whole',
    copies: [{ length: 150, trust: 57 }, { length: 215 }],
    now: null,
    want: 1,
  },
  {
    name: 'a notice without its second half',
    copies: [{ length: 110, trust: 60 }, { length: 215 }],
    now: null,
    want: 1,
  },
];

function lead({ copies, now }: Choice): number {
  const made = copies.map((copy, place): Copy => ({
    entry: `${place}`,
    source: `${place}`,
    sourceName: `来源${place}`,
    trust: 50,
    title: '含山段铺轨完成',
    link: null,
    outlet: null,
    published: 1000,
    firstSeen: 2000,
    script: 'hans',
    length: 600,
    why: '',
    ...copy,
  }));
  return Number(chooseLead(made, now === null ? null : `${now}`));
}

export const LEAD_SET: EvalSet = {
  name: 'lead',
  room: 'story',
  run: () => ({ outcomes: CHOICES.map((one) => ({ item: one.name, want: true, got: lead(one) === one.want })) }),
};

/** How much of the work, and of the store, is one source's: numbers that hold off what would crowd out the others. */
import { type DecidingTable, valuesOf } from '../model/deciding.ts';

const ALLOWANCES = {
  // What a source brings in a day before the rest is held.
  surge: {
    times: {
      value: 10,
      why: 'A day of great news, or three days after an outage, is a few times the usual; a flood is a hundred times it.',
      continuous: true,
    },
    leastItems: {
      value: 200,
      why: 'Of a source with little news a day may bring so much: a site made anew gives each of its items another id.',
    },
  },
  memory: {
    full: {
      value: 0.8,
      why: 'Of Redis’s maxmemory: from here on an operator is told; a full one takes no entry and no job more.',
      continuous: true,
    },
  },
  page: {
    ofSource: {
      value: 0.25,
      why: 'Of an edition’s first page: four sources share it, and one with more finds the rest on the next page.',
      continuous: true,
    },
  },
  // Jobs that a worker has in hand at a time.
  pages: {
    atOnce: { value: 12, why: 'Article pages fetched at a time: they wait for servers, and rarely hold a whole page.' },
    ofSource: { value: 3, why: 'A quarter: servers of one source that never answer leave the others three quarters.' },
    ofSite: { value: 3, why: 'The same for one site, which many sources may link to.' },
  },
  polls: {
    ofSite: {
      value: 0.25,
      why: 'Of the polls at a time: a site of many sources that hangs leaves three quarters.',
      continuous: true,
    },
  },
  ingests: {
    smallItems: {
      value: 20,
      why: 'Items up to which a job is done at once, in one batch; of longer ones each source has one at a time.',
    },
    manyItems: {
      value: 100,
      why: 'Of a job of more nobody waits for the last: it rests while others are in hand, and one place is left to them.',
    },
  },
} as const satisfies DecidingTable;

export const A = valuesOf(ALLOWANCES);

/** The numbers that decide when a source is polled next, how far its rhythm is believed, and which silence is told of. */
import { type DecidingTable, valuesOf } from '../model/deciding.ts';

export const NUMBERS = {
  watched: {
    halfLifeDays: { value: 14, why: 'After so many days an entry weighs half: two weeks have every weekday twice.' },
    windowDays: { value: 28, why: 'Entries of the first document that are older say little of today.' },
    lateDays: {
      value: 2,
      why: 'A new entry whose stamp lies further back was put in late or restored: no sign of a rhythm.',
      continuous: true,
    },
  },
  // Before there is evidence: one entry in six hours, worth as much as six hours of watching.
  prior: {
    entries: {
      value: 1,
      why: 'Expected of a source that nothing is known of; it fades behind a few days of evidence.',
      continuous: true,
    },
    days: {
      value: 0.25,
      why: 'Watching that the expected entry counts for: a new source is asked within an hour or two.',
    },
  },
  trust: {
    hoursDays: { value: 2, why: 'Days of watching, faded, after which hours are believed.', continuous: true },
    weekdaysDays: {
      value: 12,
      why: 'Days of watching, faded, after which weekdays are believed: nearly every one was seen twice.',
      continuous: true,
    },
    wideEntries: { value: 3, why: 'Entries with which the hours around them are believed by half.', continuous: true },
    sharpEntries: {
      value: 20,
      why: 'Entries with which the quarter of an hour itself is believed by half.',
      continuous: true,
    },
    weekdayEntries: {
      value: 1,
      why: 'Entries added to each weekday, so that one busy day is not yet a pattern.',
      continuous: true,
    },
  },
  share: {
    wideQuarters: {
      value: 6,
      why: 'Quarters of an hour to either side over which few entries are spread: three hours in all.',
    },
    learnt: { value: 0.95, why: 'Of what is expected the rest stays even over the day: news comes at odd hours, too.' },
  },
  pauses: {
    newest: { value: 0.15, why: 'Weight of the newest pause in the usual one: it follows a change within a dozen.' },
    kept: {
      value: 0.97,
      why: 'Of the longest pause, at each further one: a holiday of last year is forgotten slowly.',
    },
  },
  poll: {
    leastMinutes: {
      value: 10,
      why: 'The liveliest source is asked no more often: its readers wait five minutes for an entry.',
      continuous: true,
    },
    waitMinutes: {
      value: 5,
      why: 'Waiting of unseen entries that a poll is worth: five entries for a minute, or one for five.',
      continuous: true,
    },
    failedMinutes: {
      value: 15,
      why: 'First pause after a failure, twice as long after each further one: a restart takes minutes, an outage hours.',
      continuous: true,
    },
  },
  // What moves the times of sources with one rhythm, or on one host, apart.
  apart: {
    share: { value: 0.1, why: 'Of a pause: sources that wait alike are not asked all in one minute.' },
    mostMinutes: {
      value: 5,
      why: 'Of a pause that a rhythm gives: the poll may be meant for the hour of the news.',
      continuous: true,
    },
  },
  health: {
    troubles: { value: 3, why: 'Polls in a row that fail or bring no feed: one is a hiccup, three are an outage.' },
    quietDays: {
      value: 2,
      why: 'Without anything new, after which a source is quiet: a free Sunday is no sign, a third day is.',
      continuous: true,
    },
    staleDays: {
      value: 7,
      why: 'Of a source whose rhythm is not known: long holidays last a week, frozen feeds years.',
      continuous: true,
    },
    usualPauses: { value: 4, why: 'Usual pauses between days with entries after which a silence is one to tell of.' },
    longestPause: { value: 1.5, why: 'A silence must outdo the longest pause by half: a holiday comes again.' },
    mostDays: { value: 60, why: 'Bound of both: even a bulletin that comes every quarter is looked after in between.' },
  },
  // Places of which news came, and comes no more.
  place: {
    windowDays: { value: 35, why: 'Days that a place’s rhythm is taken from: five weeks have five of each weekday.' },
    leastDays: { value: 2, why: 'A day without news is ordinary anywhere.' },
    expected: {
      value: 5,
      why: 'Entries that should have come in the pause: with five expected, none is chance once in 150 times (e⁻⁵).',
      continuous: true,
    },
    longestPause: { value: 1.5, why: 'News comes in clusters: a silence must outdo the longest pause by half.' },
    activeDays: { value: 4, why: 'Days with entries without which a place has no rhythm to fall out of.' },
  },
  // What a source had published before it was first polled.
  first: {
    newsDays: {
      value: 1,
      why: 'A source’s first document: what is older than a day is told to nobody as new, it only stands at its date.',
      continuous: true,
    },
  },
  // Items that come again: under the same id, another one, or with other dates.
  again: {
    leastItems: { value: 3, why: 'Fewer items of a document are no pattern of its publisher.' },
    nearlyAll: {
      value: 0.8,
      why: 'Share of a document’s items: an advertisement may keep its id or date among items that do not.',
    },
    titles: {
      value: 0.5,
      why: 'Of the items under new ids, half must be known by title and date: the rest is what is new since the last poll.',
    },
    dayHours: {
      value: 12,
      why: 'Dates of one item that are rounded, or written in two zones, are nearer than this; daily columns are not.',
      continuous: true,
    },
    correctedMinutes: { value: 5, why: 'A date that moves less was corrected: it is that of the same article.' },
    makingHours: {
      value: 1,
      why: 'A document made longer ago came from a cache, or its dates are not those of its making.',
      continuous: true,
    },
    tellingText: { value: 20, why: 'Characters: less is a phrase that stands under any headline.' },
    likeTitles: {
      value: 0.4,
      why: 'Shared pairs of characters: corrected headlines keep most of theirs, two of one outlet share a place and 的.',
    },
    likeTexts: { value: 0.5, why: 'Shared pairs of characters: a corrected article keeps more than half of its text.' },
  },
} as const satisfies DecidingTable;

export const N = valuesOf(NUMBERS);

/** The numbers that decide when a source is polled next: how its rhythm is learnt, and how far it is believed. */
import { type DecidingTable, valuesOf } from '../model/deciding.ts';

export const RHYTHM = {
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
} as const satisfies DecidingTable;

export const R = valuesOf(RHYTHM);

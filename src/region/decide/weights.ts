/** The numbers that decide which places an entry is about, and whether an edition of a region takes it. */
import { type DecidingTable, valuesOf } from '../../model/deciding.ts';

/** A place's own name in the title weighs `field.title`; all else is measured against `edition.threshold`. */
export const WEIGHTS = {
  edition: {
    threshold: {
      value: 2,
      why: 'An edition takes an entry from this score on: less than one sure name in the title, more than a dateline.',
      continuous: true,
    },
    against: {
      value: 0.8,
      why: 'Places elsewhere argue against a region nearly as much as its own speak for it, unless the title names it.',
    },
    furtherPieces: {
      value: 0.3,
      why: 'Within a field the best piece counts whole, the others less: three names of one city are not thrice as sure.',
    },
  },
  field: {
    title: { value: 2.5, why: 'A headline says what an entry is about: one sure name there is enough.' },
    summary: { value: 0.8, why: 'Past its opening a summary names places in passing.' },
    summaryOpening: { value: 1.6, why: 'A summary opens with what it is about; it takes a second sign to be enough.' },
    text: { value: 0.4, why: 'A body names many places that it is not about.' },
    textOpening: { value: 0.8, why: 'The body opens like a summary, where there is none before it.' },
    category: { value: 1, why: 'A category is chosen for many entries alike.', continuous: true },
    dateline: { value: 1, why: 'A dateline says where the reporter sat.', continuous: true },
    outlet: { value: 0.6, why: 'An outlet named after its city writes of the whole world.' },
    feed: { value: 1.3, why: 'So does its feed, which is chosen for a region more often.' },
    localFeed: {
      value: 2.2,
      why: 'A local feed whose headline names no other place and reads like local news: enough by itself.',
    },
    openingCharacters: { value: 60, why: 'Characters of one sentence or two: the opening of a summary or body.' },
  },
  repeat: {
    share: { value: 0.25, why: 'What is named again is more likely the subject; each time adds a little.' },
    most: { value: 5, why: 'A list or a table repeats a name without end.' },
  },
  place: {
    least: { value: 1, why: 'Below this a place is only mentioned.', continuous: true },
    leastAside: { value: 2.2, why: 'A province that the title passes over for another must be spoken of at length.' },
  },
  term: {
    weak: {
      value: 0.5,
      why: 'A company or a thing of a place says less of it than its name: it decides nothing alone.',
    },
  },
  certainty: {
    byCue: { value: 0.9, why: 'A doubtful name that only the words around it make a place.' },
    byPrior: { value: 0.85, why: 'Of several places of one name the best known, where nothing tells them apart.' },
  },
  support: {
    title: { value: 3, why: 'What a doubtful name is settled by: a sure name in the title first.', continuous: true },
    summary: { value: 2, why: 'Then one in the summary.', continuous: true },
    text: { value: 1, why: 'The body names many places.', continuous: true },
    category: { value: 2, why: 'A category is as good as a summary.', continuous: true },
    dateline: { value: 2, why: 'A dateline lies in the same province more often than not.', continuous: true },
    outlet: { value: 1, why: 'An outlet writes of other places, too.', continuous: true },
    feed: { value: 2, why: 'A feed is chosen for a region.', continuous: true },
    home: { value: 1.5, why: 'Where the outlet is, by its source: between its name and what the entry says.' },
    city: { value: 1.5, why: 'A name in the same city says more than one in the same province.' },
    adjacent: {
      value: 4,
      why: 'The place above right before the name (南京鼓楼) outweighs all else.',
      continuous: true,
    },
    shared: { value: 10, why: 'A name for three places and more supports each of them hardly at all.' },
    least: { value: 1, why: 'Support from which a doubtful name counts as if it were sure.', continuous: true },
  },
  words: {
    large: { value: 1500, why: 'How common a province or city is at least among words: 江苏丹阳 is not 江 苏丹 阳.' },
    sure: { value: 400, why: 'How common a sure name of a division is at least.' },
    doubtful: { value: 150, why: 'How common a doubtful name of a division is at least: its other meaning may win.' },
    thing: { value: 100, why: 'How common is at least what lies in a place: a company, a mountain, a school.' },
    unknown: {
      value: 2,
      why: 'A character that no word has costs this much more than the rarest word.',
      continuous: true,
    },
  },
  reach: {
    body: { value: 4000, why: 'Characters of the body that are read: what an entry is about stands early.' },
    summary: { value: 1200, why: 'Characters of a summary that are read; some feeds give the whole text as one.' },
    probe: {
      value: 24,
      why: 'Characters by which the summary is found again in the body, so that it does not count twice.',
    },
    preface: { value: 120, why: 'Characters that may stand before it there: a dateline, a byline, a caption.' },
  },
  damping: {
    slight: { value: 0.6, why: 'A team, a match, an origin, a recipe: the name is there, the place hardly.' },
    half: { value: 0.5, why: 'A medium quoted or someone’s employer says nothing of the place.' },
  },
} as const satisfies DecidingTable;

export const W = valuesOf(WEIGHTS);

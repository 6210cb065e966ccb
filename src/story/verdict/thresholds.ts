/** The numbers that decide whether two entries tell one story, and which copy leads it. */
import { type DecidingTable, valuesOf } from '../../model/deciding.ts';

export const THRESHOLDS = {
  // How much of one text must stand in another: six levels for all that is asked of shares of texts, numbers and titles.
  share: {
    some: {
      value: 0.2,
      why: 'Under the headline of a day two outlets tell one story in words of their own; a line of it is enough.',
    },
    part: {
      value: 0.4,
      why: 'A standing headline, or one with a word more, has new content another day, in phrases of its own.',
    },
    half: {
      value: 0.5,
      why: 'Texts of like length have this much in common either way; so have beginnings and headlines.',
    },
    much: {
      value: 0.65,
      why: 'Under a similar headline a copy keeps two thirds; what shares less shares its background.',
    },
    most: { value: 0.85, why: 'Without a headline in common only a copy of most of the text is a copy.' },
    whole: {
      value: 0.95,
      why: 'A form that is filled in anew keeps up to nine tenths of its words: a copy keeps all.',
    },
  },
  text: {
    least: { value: 16, why: 'Shingles below which nothing can be told of a text: half a sentence.' },
    repeated: { value: 200, why: 'Plain characters that a feed may repeat under every headline.' },
    numbers: { value: 3, why: 'With fewer numbers in common reach it is chance whether they agree.' },
  },
  title: {
    least: { value: 5, why: 'Characters that say something: fewer are a greeting or the name of a column.' },
    telling: {
      value: 8,
      why: 'With as many a headline names what happened, and can be known by itself on another day.',
    },
    figure: { value: 2, why: 'A figure with its unit tells as much as a word of so many characters.' },
    pieces: { value: 3, why: 'Places at which a headline may have something inserted and still be the same.' },
    clause: {
      value: 5,
      why: 'Characters of a clause that may stand elsewhere: shorter ones exchange who does it to whom.',
    },
    tail: { value: 4, why: 'Characters in which notices that name their town first end alike.' },
  },
  days: {
    later: { value: 0.8, why: 'Bulletins come every 24 hours, not to the minute: from here on it is another day.' },
    near: {
      value: 5,
      why: 'A copy comes within days; what comes later under the same words is often the next issue.',
      continuous: true,
    },
  },
  // What entries are found by. Another number here makes other keys: entries stored before are then not found by them.
  keys: {
    clause: { value: 10, why: 'Characters of a clause that is a key; shorter ones stand in many texts.' },
    firstClauses: {
      value: 3,
      why: 'The first clauses find a flash in the full story; with fewer, parts of the headline are keys, too.',
    },
    leastClauses: { value: 7, why: 'The clauses of least hash find a copy without its beginning.' },
    segment: { value: 8, why: 'Characters that say something in the part of a headline that is a key of its own.' },
    titleShingle: { value: 4, why: 'Characters of a headline’s shingle, where there is no text to find copies by.' },
    titleShingles: {
      value: 7,
      why: 'Such shingles that are keys: enough to meet in a headline that is put another way.',
    },
    shingle: { value: 4, why: 'Characters of a shingle: five lose too much to changed words, three meet by chance.' },
    body: {
      value: 128,
      why: 'Shingles kept of a text: the share of another in it is known within 9 points (Broder 1997).',
    },
    opening: { value: 120, why: 'Characters of an opening: what a summary or a flash is taken from.' },
    sample: { value: 40, why: 'Shingles kept of an opening, and numbers kept of a text.' },
  },
  // What makes two stories tell of one event, where they are no copies.
  related: {
    topics: { value: 20, why: 'Topics of a headline that are keys; more would take more memory than they find.' },
    everywhere: {
      value: 48,
      why: 'Entries under a topic with which it tells nothing: as many as the index keeps of one within the window.',
      continuous: true,
    },
    weight: {
      value: 5.2,
      why: 'Weight of the topics in common: six pairs of characters that few have.',
      continuous: true,
    },
    toll: {
      value: 2.4,
      why: 'The same where both count victims: the place alone is enough, since two such events seldom meet there.',
      continuous: true,
    },
    text: {
      value: 0.3,
      why: 'Part of a text in another of the same day: what two outlets quote of one event.',
      continuous: true,
    },
    days: {
      value: 3,
      why: 'Days within which a report follows another one; later ones tell of something new.',
      continuous: true,
    },
    most: { value: 5, why: 'Related stories that an entry names.' },
  },
  lead: {
    margin: {
      value: 15,
      why: 'Readers see a change of lead as an update: a rival must be clearly better, in points of trust (0–100).',
      continuous: true,
    },
    whole: { value: 30, why: 'Points of a copy whose text is whole; trust counts 0–100.', continuous: true },
    own: {
      value: 10,
      why: 'Points of a copy that stands at the outlet which wrote it, as another source’s copy says, too.',
      continuous: true,
    },
    foreign: { value: -5, why: 'Points of a copy that names another outlet as its origin.', continuous: true },
    leastWhole: { value: 200, why: 'Characters that make a text whole even where no copy is longer.' },
  },
} as const satisfies DecidingTable;

export const T = valuesOf(THRESHOLDS);

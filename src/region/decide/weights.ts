/** The numbers that decide which places an entry is about, and whether an edition of a region takes it. */
import { type DecidingTable, valuesOf } from '../../model/deciding.ts';
import type { TextField } from '../../model/region.ts';

/** A place's own name in the title weighs `field.title`; all else is measured against `edition.threshold`. */
export const WEIGHTS = {
  edition: {
    threshold: {
      value: 2,
      why: 'An edition takes an entry from this score on: less than one sure name in the title, more than a dateline.',
      continuous: true,
    },
  },
  field: {
    title: { value: 2.5, why: 'A headline says what an entry is about: one sure name there is enough.' },
    opening: {
      value: 1.6,
      why: 'A summary opens with what it is about; where more speaks against it, it takes a second sign to be enough.',
    },
    summary: { value: 0.8, why: 'Past its opening a summary names places in passing; so does the opening of a body.' },
    text: { value: 0.4, why: 'A body names many places that it is not about.' },
    aside: {
      value: 1,
      why: 'A dateline says where the reporter sat; a category is chosen for many entries alike.',
      continuous: true,
    },
    openingCharacters: { value: 60, why: 'Characters of one sentence or two: the opening of a summary or body.' },
  },
  mention: {
    slight: {
      value: 0.6,
      why: 'A company, a team, a match, a medium, an employer, an origin: the name is there, the place hardly.',
    },
    byContext: { value: 0.9, why: 'A doubtful or shared name that only the words around it make this place.' },
    again: {
      value: 0.25,
      why: 'What is named again, or by a second name, is more likely the subject; each adds a little, not the whole.',
    },
    mostAgain: { value: 5, why: 'A list or a table repeats a name without end.' },
  },
  place: {
    least: { value: 1, why: 'Below this a place is only mentioned.', continuous: true },
  },
  words: {
    name: {
      value: 400,
      why: 'How common a name is at least, where the dictionary lacks it: 江苏丹阳 is not 江 苏丹 阳.',
    },
  },
  reach: {
    characters: { value: 4000, why: 'Characters of a field that are read: what an entry is about stands early.' },
    probe: {
      value: 24,
      why: 'Characters by which a summary is found again in the body, so that it does not count twice.',
    },
    preface: { value: 120, why: 'Characters that may stand before it there: a dateline, a byline, a caption.' },
  },
} as const satisfies DecidingTable;

export const W = valuesOf(WEIGHTS);

/** What one sure name weighs past the opening of a field. */
export function fieldWeight(field: TextField): number {
  switch (field) {
    case 'title':
      return W.field.title;
    case 'summary':
      return W.field.summary;
    case 'text':
    case 'outlet':
      return W.field.text;
    case 'category':
    case 'dateline':
    case 'feed':
      return W.field.aside;
    default:
      return field satisfies never;
  }
}

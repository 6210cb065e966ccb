/** The rows of what is taken out for where it stands in the article, whatever its line says. */
import type { Row } from '../lines/linerule.ts';

export const PLACES = {
  titleMarks: { name: 'title.marks', reason: 'sections, outlets and marks around a headline are not of it' },
  beforeArticle: { name: 'place.before-the-article', reason: 'it stands above where the article begins' },
  afterArticle: { name: 'place.after-the-article', reason: 'it stands below where the article ends' },
  underPicture: {
    name: 'place.under-a-picture',
    reason: 'a short centred line below a picture, without a full stop, is its caption',
  },
  outsideIndent: {
    name: 'place.outside-the-indent',
    reason: 'a short line without an indent in an article that indents its paragraphs is a heading of the page',
  },
  repeatedParagraph: {
    name: 'place.repeated-paragraph',
    reason: 'the paragraph stands twice, as where a page shows its lead above its text',
  },
  repeatedTitle: { name: 'place.repeated-title', reason: 'the text opens with its title once more' },
  recurring: {
    name: 'place.recurs-across-entries',
    reason: "the block stands at the edge of many of the source's entries",
  },
  endMark: { name: 'end.mark', reason: '（完） closes the last paragraph' },
  gluedCaption: { name: 'end.glued-caption', reason: "a picture's caption is glued to the end of a paragraph" },
  closingEditor: { name: 'end.editor', reason: 'the editor signs in brackets at the end of the text' },
  closingByline: { name: 'end.byline', reason: 'the reporters sign in brackets at the end of the text' },
} as const satisfies Readonly<Record<string, Row>>;

export type PlaceName = (typeof PLACES)[keyof typeof PLACES]['name'];

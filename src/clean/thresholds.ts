/** The numbers that decide what of an item is its article, its title and its chrome. */
import { type DecidingTable, valuesOf } from '../model/deciding.ts';

export const THRESHOLDS = {
  sentence: {
    least: { value: 12, why: 'Characters: shorter lines with a comma are labels, captions and signatures.' },
    mostLinked: { value: 0.6, why: 'A line of which more is link is the headline of another story.' },
    full: { value: 60, why: 'Characters from which a line is a sentence although it lacks a full stop.' },
    fewRules: {
      value: 30,
      why: 'From here on a line that ends in a full stop is told, not labelled: few rows see it.',
    },
  },
  begin: {
    below: {
      value: 0.6,
      why: 'The dated line of a page has most of the sentences below it; later dates are of other stories.',
    },
  },
  end: {
    onPage: { value: 0.5, why: 'Of a page: what follows the article can be as long as it is.' },
    inBody: { value: 0.6, why: 'Of a body that is little but article: an end mark in its middle is part of it.' },
    late: {
      value: 0.8,
      why: 'Notices of copyright also stand within long documents; at their true place hardly anything follows.',
    },
    signed: { value: 0.6, why: 'An editor signs below the text, or in the line under the title.' },
    finished: { value: 0.5, why: '（完） closes the first story of a page that shows several.' },
    mostBox: { value: 6, why: 'Links that a box of related reading within an article holds at most.' },
    linked: { value: 0.8, why: 'Share of its characters from which a line is a link and nothing else.' },
    leastStops: { value: 2, why: 'Paragraphs with a full stop from which an article is known to use them.' },
    stops: { value: 0.5, why: 'Share of such paragraphs: below, verse and lists end lines as they please.' },
  },
  keep: {
    captions: {
      value: 3,
      why: 'A series of pictures tells its story in captions; one or two pictures only illustrate.',
    },
    centred: { value: 60, why: 'Characters of a caption that only stands centred below its picture.' },
    unindented: { value: 24, why: 'Characters of a column name among indented paragraphs; longer lines are told.' },
    repeated: { value: 20, why: 'Characters from which a paragraph that stands twice is a copy, not a refrain.' },
    leastIndented: { value: 3, why: 'Sentences from which the indent of an article is a habit.' },
    indented: { value: 0.9, why: 'Share of sentences with an indent; one or two forgotten are no counter-proof.' },
  },
  hint: {
    short: { value: 80, why: 'A class name is no proof: sentences longer than this stay, whatever it says.' },
    sentence: { value: 16, why: 'Names that mean chrome more often than not decide on no sentence of this length.' },
    told: { value: 0.3, why: 'Share of links from which a line with a full stop is no sentence.' },
    links: { value: 0.8, why: 'Share of links from which a list leads to other pages.' },
  },
  caption: {
    longest: {
      value: 140,
      why: 'Characters: captions tell one moment; longer ones are paragraphs that end in a credit.',
    },
    sentences: { value: 2, why: 'Ends of sentences within a caption.' },
    credit: { value: 40, why: 'Characters of the credit that is glued to the end of a paragraph.' },
    paragraph: {
      value: 60,
      why: 'Characters up to which a line that ends in a credit has no paragraph to cut it from.',
    },
  },
  container: {
    followed: {
      value: 0.72,
      why: 'Down from the body while one child holds this share of the sentences: an aside or a second story takes a quarter.',
    },
    chrome: { value: 0.1, why: 'What is chrome by its name weighs a tenth: names of classes are hints, not proof.' },
    unmarked: { value: 25, why: 'Ideographs without punctuation that may be a paragraph; a menu entry has fewer.' },
  },
  edge: {
    shortest: { value: 10, why: 'Characters: a shorter line at the edge is a signature or a formula.' },
    longest: { value: 160, why: 'Characters: a longer one is a paragraph.' },
    head: { value: 2, why: 'Blocks above the first sentence that a source may repeat.' },
    tail: { value: 5, why: 'Blocks at the end that a source may repeat: a line, a code to scan, an address.' },
    blocks: { value: 3, why: 'An article with fewer blocks has no edges that could be told from its body.' },
    share: { value: 0.5, why: 'Of an article that would lose more the whole is made from a template.' },
  },
  recurring: {
    entries: { value: 6, why: 'Entries unlike one another that show a block to be the source’s own, not the story’s.' },
    days: { value: 3, why: 'A story that runs for a day or two repeats its own lines.' },
  },
  headline: {
    told: {
      value: 3,
      why: 'An article tells what its headline says: times the share of its pairs of characters found.',
    },
    heading: { value: 4, why: 'h1 is made for headlines, h6 for little boxes.', continuous: true },
    nearDate: {
      value: 1,
      why: 'The headline stands right above date and source: per three lines nearer.',
      continuous: true,
    },
    named: { value: 3, why: '<title> and og:title repeat it, more or less whole.', continuous: true },
    long: { value: 1, why: 'Shorter lines are sections and columns more often.', continuous: true },
    twice: { value: 2, why: 'Lists of a paper’s page and paths to the page say it once more.', continuous: true },
    classed: { value: 2, why: 'Its class or id says so.', continuous: true },
    linked: {
      value: -3,
      why: 'The headline of the page one is on leads nowhere; other stories’ do.',
      continuous: true,
    },
    dashed: { value: -4, why: 'A line that begins with —— is the subtitle.', continuous: true },
    belowDate: { value: -2, why: 'A headline stands above its dated line.', continuous: true },
    stopped: { value: -2, why: 'A headline ends in no full stop or comma.', continuous: true },
    otherThing: {
      value: -5,
      why: 'Arrows, addresses, dates and names of outlets are what they are.',
      continuous: true,
    },
  },
  title: {
    shortest: { value: 4, why: 'Characters: no headline is shorter.' },
    longest: { value: 90, why: 'Characters: longer lines are told.' },
    headline: { value: 8, why: 'Characters from which a line is more likely a headline than a section’s name.' },
    points: {
      value: 4,
      why: 'With fewer, what the document’s head names goes before the best line.',
      continuous: true,
    },
    told: { value: 0.3, why: 'Share of its pairs of characters that the text must have for the head to be believed.' },
    made: { value: 40, why: 'Characters of a title made of the first sentence.' },
  },
  summary: {
    made: { value: 200, why: 'UTF-16 units: what a reader shows of an entry without its text.' },
    shortest: { value: 20, why: 'A shorter summary of the feed is a label.' },
    longest: { value: 500, why: 'A longer one is the text itself.' },
  },
  salt: {
    pinyin: { value: 3, why: 'Fewer may help a reader with one rare character.' },
    doubled: { value: 3, why: 'Fewer doubled commas are slips of the pen.' },
  },
  spam: {
    longest: { value: 400, why: 'Characters: injected lines are lists of words; longer ones report on something.' },
    text: { value: 40, why: 'Characters: an item titled like spam with less text has no story to save.' },
  },
  language: {
    han: { value: 0.2, why: 'Share of ideographs from which a text is Chinese, names and quotations aside.' },
  },
} as const satisfies DecidingTable;

export const T = valuesOf(THRESHOLDS);

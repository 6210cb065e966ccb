/** The numbers that decide what of a page is its news, and whether the page is a list, a front page or neither. */
import { type DecidingTable, valuesOf } from '../../model/deciding.ts';

export const THRESHOLDS = {
  // Points of an address and its headline together; they only add up, and are compared with the first two.
  points: {
    candidate: { value: 1, why: 'With fewer an address is the page’s own: a channel, a notice.', continuous: true },
    front: {
      value: 3,
      why: 'On a front page rows tell little, and the address must say that it is an article’s.',
      continuous: true,
    },
    day: { value: 3, why: 'An address that names a day is an article’s, whatever else it holds.', continuous: true },
    month: { value: 2, why: 'Folders of months hold articles, and now and then an archive.', continuous: true },
    number: { value: 2, why: 'Five digits, or a hash, count articles; channels are few.', continuous: true },
    shortNumber: {
      value: 1,
      why: 'Two to four digits count articles of small sites, and channels too.',
      continuous: true,
    },
    digit: { value: 0.5, why: 'A single digit is a page of the list as often as an article.', continuous: true },
    file: { value: 0.5, why: 'Articles are files more often than folders.', continuous: true },
    folder: {
      value: 0.75,
      why: 'Folders called article, content or news hold them, and lists as well.',
      continuous: true,
    },
    parameter: { value: 1.5, why: 'A parameter called id or newsid names an article.', continuous: true },
    words: { value: 1.5, why: 'Four words with hyphens are a headline in an address.', continuous: true },
    index: { value: -3, why: 'What is called index, list or column is one.', continuous: true },
    listFolder: { value: -2.5, why: 'So is what lies right within such a folder.', continuous: true },
    service: { value: -3, why: 'Logins, forms and advertisements are no news, numbers or not.', continuous: true },
    aside: { value: -1.5, why: 'Galleries, films and shops are news only to their own sites.', continuous: true },
    headline: { value: 1, why: 'A long text in a link is a headline.', continuous: true },
    shortHeadline: { value: 0.25, why: 'A short one may be the name of an office.', continuous: true },
    name: {
      value: -1,
      why: 'Four or five characters are a channel more often than news; fewer count twice.',
      continuous: true,
    },
    housekeeping: {
      value: -2.5,
      why: 'A short text that speaks of licences, contacts and the like.',
      continuous: true,
    },
    marks: { value: 0.25, why: 'Names have no marks of sentences and no numbers.', continuous: true },
    foreign: {
      value: 1.5,
      why: 'What counts less of another site’s address: partners and advertisements.',
      continuous: true,
    },
  },
  // Characters.
  title: {
    long: { value: 10, why: 'Names of channels and offices are shorter.' },
    short: { value: 6, why: 'Headlines are longer than the names of channels.' },
    name: { value: 4, why: 'Shorter texts are buttons and channels.' },
    told: { value: 60, why: 'A longer text in a link is a summary.' },
    notice: { value: 24, why: 'Headlines that speak of licences and the like have more, and say of what.' },
    summary: { value: 30, why: 'Shorter texts beside a headline are its office, its outlet or its day.' },
  },
  navigation: {
    links: { value: 8, why: 'So many channels that stand together are a site’s navigation.' },
    name: { value: 6, why: 'Characters of a channel’s name.' },
    masthead: { value: 10, why: 'News in one box with the navigation: so few are a ticker, more are the page’s.' },
  },
  // The score of a block is a product: each factor says how far its best and worst lie apart.
  block: {
    undated: { value: 0.45, why: 'A block without days counts a third of one with days in every row.' },
    untitled: { value: 0.3, why: 'Without headlines a block counts a quarter of one with long ones.' },
    title: { value: 18, why: 'Characters, in the mean, of long headlines.' },
    weightless: { value: 0.4, why: 'Rows whose addresses say nothing may still be the list.' },
    weight: { value: 5, why: 'Points, in the mean, of addresses with a day and a long headline.', continuous: true },
    foreign: {
      value: 0.4,
      why: 'A block of links to another site is a list now and then, beside the site’s own seldom.',
    },
    against: { value: 0.9, why: 'Class names that speak against a block; sites use them in either sense.' },
    speaking: { value: 1.06, why: 'Class names that speak for a block weigh less still: every box is called content.' },
    around: { value: 0.7, why: 'Elements called aside, nav and footer are what they say more often than classes are.' },
  },
  list: {
    rows: { value: 3, why: 'Fewer links that stand alike are chance.' },
    dated: { value: 0.5, why: 'Half the rows with a day make a dated list; marked rows may lack it.' },
    share: {
      value: 0.25,
      why: 'Part of the page’s articles that a dated list has at least: columns beside it are long.',
    },
    undatedShare: {
      value: 0.4,
      why: 'The same of a list without days, which is told from a front page by little else.',
    },
    rootShare: { value: 0.5, why: 'The same of the front page of a host, which seldom is one list.' },
    ahead: {
      value: 2.2,
      why: 'Times the score of the next block: two dated blocks are two lists, of a front page.',
    },
    undatedAhead: { value: 1.6, why: 'The same where no block has days: scores lie closer together.' },
    rootAhead: { value: 2.5, why: 'The same of the front page of a host.' },
    small: { value: 60, why: 'Articles of a host’s front page that may be one dated list and columns beside it.' },
    apart: { value: 0.5, why: 'A group of rows that is so much farther from the page’s host is another site’s.' },
    farApart: { value: 1.5, why: 'And this much in sight of readers: hidden tabs are filled by partners.' },
  },
  outsiders: {
    most: { value: 0.6, why: 'Part of the rows that do alike, from which on those that do otherwise stand out.' },
  },
  data: {
    rows: { value: 3, why: 'Lists of fewer objects with title and address are of slides or menus.' },
    title: { value: 20, why: 'Characters of a headline that count, in points of ten.' },
    date: { value: 2, why: 'Points of a date: menus have none.', continuous: true },
    least: { value: 1.2, why: 'Points of a row, in the mean: a menu’s names have fewer.', continuous: true },
  },
  // An article is known by points, against those that the list beside it has.
  article: {
    paragraph: {
      value: 20,
      why: 'Characters of a text with a full stop that is a paragraph; shorter ones are labels.',
    },
    prose: { value: 150, why: 'Characters of running text, outside all rows, that make a point.' },
    mostProse: {
      value: 4,
      why: 'Points of prose that count: a directory may be introduced at length.',
      continuous: true,
    },
    signed: { value: 1.5, why: 'Points of a line with source or editor beside running text.', continuous: true },
    address: { value: 1, why: 'Points of an address that is an article’s.', continuous: true },
    least: { value: 1.5, why: 'Points that make an article where there is no list at all.', continuous: true },
    dated: { value: 3, why: 'Points against it of a list with days.', continuous: true },
    undated: { value: 1.5, why: 'The same of one without days: related news are such a list.', continuous: true },
    front: { value: 40, why: 'Rows of a front page that make a point against it.' },
  },
  refusal: {
    long: { value: 8, why: 'Characters of headlines, in the mean, with which one or two dated rows are a list.' },
    few: { value: 10, why: 'Rows without days that are left where the list is empty: what is read most, beside it.' },
    line: { value: 24, why: 'Characters of a line that says that there is nothing, and no more.' },
    text: { value: 200, why: 'Characters: a page that says less shows nothing without its scripts.' },
  },
} as const satisfies DecidingTable;

export const T = valuesOf(THRESHOLDS);

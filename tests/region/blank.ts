/** What a classifier is given where a text says nothing: tests add what theirs says. */
import type { ClassifierInput } from '../../src/region/classify.ts';

export const BLANK: ClassifierInput = {
  title: '',
  summary: '',
  text: '',
  categories: [],
  opening: null,
  outlet: null,
  feedTitle: null,
  sourceRegion: null,
};

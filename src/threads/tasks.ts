/** The tasks that are done in a thread: reading documents and articles' pages, cleaning and editing items; values in, values out. */
import type { Recall, ReceivedDocument } from '../feed/readdocument.ts';
import type { RawItem, ReadResult } from '../model/feed.ts';
import type { DocumentSettings } from '../model/source.ts';
import type { Article, ArticleText, FetchedPage, PageReading } from '../pipeline/articletext.ts';
import type { Batch, EditedBatch } from '../pipeline/batch.ts';
import type { Editor, EditorConfig } from '../pipeline/editorial.ts';

/** Task → what it takes and what it gives; both are copied from thread to thread. */
export interface Tasks {
  readonly read: {
    readonly input: {
      readonly source: DocumentSettings;
      readonly document: ReceivedDocument;
      readonly now: number;
      readonly recall?: Recall | undefined;
    };
    readonly output: ReadResult;
  };
  readonly edit: { readonly input: Batch; readonly output: EditedBatch };
  readonly page: {
    readonly input: { readonly page: FetchedPage; readonly selector: string | null };
    readonly output: PageReading;
  };
  readonly article: { readonly input: Article; readonly output: ArticleText };
}

export type TaskName = keyof Tasks;

export interface Tools {
  /** Of the config that the task was given under. */
  readonly editor: () => Promise<Editor>;
  /** Begins a step, which is limited in time; `at` says of what: the place of an item. */
  readonly begin: (at: number) => void;
}

interface Task<T extends TaskName> {
  /** What a step may read, where that is a document of any length; 0 for an item. */
  readonly bytes: (input: Tasks[T]['input']) => number;
  /** About how many characters the whole task reads. */
  readonly length: (input: Tasks[T]['input']) => number;
  readonly perform: (input: Tasks[T]['input'], tools: Tools) => Promise<Tasks[T]['output']>;
}

/**
 * What performs a task is loaded when one is performed: the thread that serves readers gives tasks and performs none, and a
 * thread that reads a large document and ends has no use for the stages, which take as much memory and time again.
 */
export const TASKS: { readonly [T in TaskName]: Task<T> } = {
  read: {
    bytes: ({ document }) => document.bytes.length,
    length: ({ document }) => document.bytes.length,
    async perform({ source, document, now, recall }, { begin }) {
      const [{ marksOf }, { readDocument }] = await Promise.all([
        import('../feed/items/contentmark.ts'),
        import('../feed/readdocument.ts'),
      ]);
      begin(0);
      const read = await readDocument(source, document, now, recall);
      if (!read.ok || read.document.marks !== undefined) return read;
      return { ...read, document: { ...read.document, marks: marksOf(read.document.items) } };
    },
  },
  edit: {
    bytes: () => 0,
    length: ({ items }) => sum(items.map(lengthOf)),
    async perform(batch, { editor, begin }) {
      const { editBatch } = await import('../pipeline/batch.ts');
      return editBatch(await editor(), batch, begin);
    },
  },
  page: {
    bytes: ({ page }) => page.bytes.length,
    length: ({ page }) => page.bytes.length,
    async perform({ page, selector }, { begin }) {
      const { readArticlePage } = await import('../pipeline/articletext.ts');
      begin(0);
      return readArticlePage(page, selector);
    },
  },
  article: {
    bytes: ({ pages }) => Math.max(0, ...pages.map(({ html }) => html.length)),
    length: ({ pages }) => sum(pages.map(({ html }) => html.length)),
    async perform(article, { begin }) {
      const { joinArticle } = await import('../pipeline/articletext.ts');
      return joinArticle(article, begin);
    },
  },
};

/**
 * A task that reads more characters than this is a long one, for which there is one thread: about what a feed of a hundred
 * whole articles has.
 */
export const LONG = 262_144;

/** Characters of an item's texts. */
export function lengthOf({ summary, content }: Pick<RawItem, 'summary' | 'content'>): number {
  return (summary?.length ?? 0) + (content?.length ?? 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * Places of the memory that a thread shares with the one that gave it a task: how many steps it began, of what the last
 * is, and the system's number of the thread.
 */
export const STEPS = { begun: 0, at: 1, thread: 2, length: 3 } as const;

/** What a thread is started with. */
export interface ThreadData {
  readonly config: EditorConfig;
  /** Whether it will edit soon, so that its editor is built before the first task. */
  readonly edits: boolean;
}

/** A task as it is sent to a thread. */
export interface Call<T extends TaskName = TaskName> {
  readonly task: T;
  readonly input: Tasks[T]['input'];
  /** Shared memory, as STEPS says. */
  readonly steps: Int32Array;
}

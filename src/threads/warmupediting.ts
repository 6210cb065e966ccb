/** Edits the sample, so that the tables that are loaded on the way do not count against a publisher's text. */
import { editTogether, type Editor, freshRecurrences } from '../pipeline/editorial.ts';
import { SOURCE, warmUpReading } from './warmup.ts';

export async function warmUpEditing(editor: Editor): Promise<void> {
  const { title, link, items: raw } = await warmUpReading();
  const items = raw.map((item) => ({ item, source: SOURCE, document: { title, baseUrl: link } }));
  editTogether(editor, items, freshRecurrences(), 0);
}

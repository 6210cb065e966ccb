/** Parses markup and does nothing with it: what reading it is measured beside. */
import { Parser } from 'htmlparser2';

export function parseBare(html: string): void {
  const parser = new Parser({});
  parser.write(html);
  parser.end();
}

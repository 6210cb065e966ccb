/** Writes a fault of the config as the line that people read. */
import type { Fault } from '../../model/config.ts';

export function showFault({ file, line, column, message }: Fault): string {
  return `${file}:${line}:${column}: ${message}`;
}

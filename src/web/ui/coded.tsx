/** Draws a sentence in which backticks mark what is typed or written in files. */

/** An odd backtick stays as it is. */
export function Coded({ text }: { text: string }) {
  const parts = text.split(/`([^`]+)`/);
  return <>{parts.map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>;
}

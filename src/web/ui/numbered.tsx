/** Draws text with line numbers that are not copied with it. */

/** `first`: the number of the first line. */
export function NumberedLines({ lines, first, label }: { lines: readonly string[]; first: number; label: string }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <pre class="numbered">
        {lines.map((line, i) => (
          <span class="line" data-line={first + i} key={first + i}>
            {line === '' ? ' ' : line}
            {'\n'}
          </span>
        ))}
      </pre>
    </div>
  );
}

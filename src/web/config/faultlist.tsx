/** Draws faults of the config, each with its place. */
import type { Fault } from '../../model/config.ts';
import type { PageContext } from '../ui/layout.tsx';
import { Coded } from '../ui/coded.tsx';

export function FaultList({ context, faults }: { context: PageContext; faults: readonly Fault[] }) {
  return (
    <ul>
      {faults.map(({ file, line, column, why }) => (
        <li key={`${file}:${line}:${column}:${why.code}`}>
          <code>
            {file}:{line}:{column}
          </code>{' '}
          <Coded text={context.tell(why)} />
        </li>
      ))}
    </ul>
  );
}

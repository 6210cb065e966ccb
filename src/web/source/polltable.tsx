/** Draws a source's last polls as a table. */
import type { PollRecord } from '../../model/source.ts';
import { Moment, type PageContext } from '../ui/layout.tsx';
import { stampOf } from '../ui/times.ts';

export function Polls({ polls, context }: { polls: readonly PollRecord[]; context: PageContext }) {
  const { say } = context;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say('lastPolls')}>
      <table class="rows polls">
        <thead>
          <tr>
            <th scope="col">{say('time')}</th>
            <th scope="col">{say('outcome')}</th>
            <th scope="col">HTTP</th>
            <th scope="col">{say('bytes')}</th>
            <th scope="col">{say('elapsed')}</th>
            <th scope="col">{say('items')}</th>
            <th scope="col">{say('fresh')}</th>
            <th scope="col">{say('charset')}</th>
            <th scope="col">{say('repairs')}</th>
          </tr>
        </thead>
        <tbody>
          {polls.map((poll) => (
            <tr key={poll.at}>
              <td class="when">
                <Moment at={poll.at} context={context} text={stampOf(poll.at).slice(5)} />
              </td>
              <td>
                <span class={`outcome ${poll.outcome}`}>{say(`outcome_${poll.outcome}`)}</span>
                {poll.error === null ? null : <span class="hint">{context.tell(poll.error)}</span>}
              </td>
              <td data-label="HTTP">{poll.status ?? '–'}</td>
              <td>{poll.bytes === null ? '–' : `${(poll.bytes / 1024).toFixed(1)} KB`}</td>
              <td>{poll.elapsedMs} ms</td>
              <td data-label={say('items')}>{poll.items ?? '–'}</td>
              <td data-label={say('fresh')}>{poll.fresh}</td>
              <td>{[poll.format, poll.charset].filter(Boolean).join(' · ')}</td>
              <td class="reason">
                {poll.repairs.map((repair) => context.tell(repair)).join(context.say('semicolon'))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

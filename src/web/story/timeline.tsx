/** Draws how a story went: when each outlet told it, what followed, and who changed what here. */
import type { LedgerRow } from '../../model/decision.ts';
import { codeOf } from '../../reasons/render.ts';
import { headlineOf } from '../../store/stories/relations.ts';
import { isDateOnly } from '../../text/time.ts';
import { nameOfRule } from '../ledger/rulename.ts';
import { Moment, Outward, type PageContext } from '../ui/layout.tsx';
import { dayOrStamp, spanOf, stampOf } from '../ui/times.ts';
import type { Phrase } from '../ui/words/site.ts';
import { writerFor } from '../ui/written.ts';
import type { StoryCopy, StoryView } from './view.ts';

interface Told {
  readonly at: number;
  readonly copy: StoryCopy;
}

/** When each copy was published, the first one first, with how much later the others came; related stories in between. */
export function Timeline({ view, context }: { view: StoryView; context: PageContext }) {
  const { say } = context;
  const told = view.copies.map((copy): Told => ({ at: copy.member.published ?? copy.member.firstSeen, copy }));
  const events = [
    ...told.map((one) => ({ at: one.at, id: one.copy.member.entry, one, related: null })),
    ...view.related.map((related) => ({ at: related.story.orderAt, id: related.story.id, one: null, related })),
  ].toSorted((a, b) => a.at - b.at);
  if (events.length < 2) return null;
  const first = Math.min(...told.map(({ at }) => at).filter((at) => !isDateOnly(at)));
  return (
    <section class="life timeline" id="timeline">
      <h2>{say('timeline')}</h2>
      <ol>
        {events.map(({ at, id, one, related }) => (
          <li key={id}>
            <Moment at={at} context={context} text={dayOrStamp(at)} />
            {one === null ? (
              <span class="faint">{say('relatedHere')}</span>
            ) : (
              <Lag told={one} first={first} context={context} />
            )}
            {one === null ? (
              <a href={`/stories/${encodeURIComponent(id)}`}>
                {writerFor(null, context.script)(headlineOf(related.story) || id)}
              </a>
            ) : (
              <Telling copy={one.copy} context={context} />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The first to tell it, or how much later this one did; dates alone tell no such thing. */
function Lag({ told: { at }, first, context: { say } }: { told: Told; first: number; context: PageContext }) {
  if (isDateOnly(at)) return <span />;
  if (at === first) return <strong>{say('toldFirst')}</strong>;
  return <span class="faint">{say('later', { time: spanOf(at - first, say) })}</span>;
}

function Telling({ copy: { member, sourceName }, context }: { copy: StoryCopy; context: PageContext }) {
  const write = writerFor(member.script, context.script);
  return (
    <span>
      {write(member.outlet ?? sourceName)} · <Outward to={member.link}>{write(member.title || sourceName)}</Outward>
    </span>
  );
}

/** What was decided on each copy, by whom and why; rules have names for the operator alone. */
export function History({ view: { copies, mayArrange }, context }: { view: StoryView; context: PageContext }) {
  const { say } = context;
  const rows = copies
    .flatMap((copy) => copy.ledger.map((row, i) => ({ row, copy, by: changedBy(row, copy.ledger[i - 1]) })))
    .sort((a, b) => a.row.at - b.row.at);
  if (rows.length === 0) return null;
  return (
    <section class="life" id="history">
      <h2>{say('life')}</h2>
      <ol>
        {rows.map(({ row, copy, by }) => (
          <li key={row.id}>
            <Moment at={row.at} context={context} text={stampOf(row.at)} />
            <span class={`decision ${row.decision}`}>{say(row.decision)}</span>
            <span>
              <b>{say(by)}</b> · {copy.sourceName} ·{' '}
              {mayArrange ? <span class="faint">{nameOfRule(row.rule, say)} · </span> : null}
              {context.tell(row.reason)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** An operator; the publisher, who gave the entry again with other words; or the program by its rules. */
function changedBy({ reason, title, configVersion }: LedgerRow, before: LedgerRow | undefined): Phrase {
  if (codeOf(reason)?.startsWith('operator.') === true) return 'byEditor';
  const isAgain = before !== undefined && (before.title !== title || before.configVersion === configVersion);
  return isAgain ? 'byPublisher' : 'byRules';
}

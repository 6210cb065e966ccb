/** Draws what the desk looks at first: faults of the config, flow, sources that need attention. */
import type { WebDeps } from '../deps.ts';
import { ShareBar } from '../ui/charts.tsx';
import { CONDITIONS, NEEDS_ATTENTION, type SourceCondition } from '../source/attention.ts';
import { href, Moment, type PageContext } from '../ui/layout.tsx';
import { hintOf, StateMark } from '../source/condition.tsx';
import { PauseButton, PollButton } from '../source/buttons.tsx';
import { codeOf } from '../../reasons/render.ts';
import type { SourceStatus } from '../source/status.ts';
import type { Status } from './gather.ts';
import { namesOfRoles } from './processes.tsx';
import { FaultList } from '../config/faultlist.tsx';
import { spanOf, stampOf } from '../ui/times.ts';

const ATTENTION_SHOWN = 8;

export function Faults({ context, status }: { context: PageContext; status: Status }) {
  const { faults } = status.config;
  return (
    <div id="faults" data-live>
      {faults.length === 0 ? null : (
        <section class="notice" role="alert">
          <h2>{context.say('configFaults', { n: faults.length })}</h2>
          <FaultList context={context} faults={faults} />
        </section>
      )}
    </div>
  );
}

export function Flow({
  context,
  status,
  liveness,
}: {
  context: PageContext;
  status: Status;
  liveness: WebDeps['liveness'];
}) {
  const { say, now } = context;
  const { totals, queues, config } = status;
  return (
    <section class="cards" id="flow" data-live aria-label={say('flow')}>
      <div class="card">
        <h2>{say('flow')}</h2>
        <p class="figure">
          {totals.stories.toLocaleString('en')} <small>{say('storiesTotal')}</small>
        </p>
        <p class="faint">
          {totals.entries.toLocaleString('en')} {say('entries')}
        </p>
        <ShareBar {...totals} say={say} />
        <p class="legend">
          {(['kept', 'merged', 'dropped'] as const).map((name) => (
            <span key={name}>
              <i class={`swatch ${name}`} /> {say(name)} {totals[name].toLocaleString('en')}
            </span>
          ))}
        </p>
      </div>
      <div class="card">
        <h2>
          {say('queueDepths')}{' '}
          <span class={`pill ${status.idle ? 'calm' : 'busy'}`}>{say(status.idle ? 'idle' : 'busy')}</span>
        </h2>
        <table class="small">
          <thead>
            <tr>
              <td />
              <th scope="col">{say('waiting')}</th>
              <th scope="col">{say('active')}</th>
              <th scope="col">{say('delayed')}</th>
              <th scope="col">{say('failedJobs')}</th>
            </tr>
          </thead>
          <tbody>
            {queues.map(({ name, counts }) => (
              <tr key={name}>
                <th scope="row">
                  <a href={`/admin/queues/queue/${name}`}>{say(`queue_${name}`)}</a>
                </th>
                <td>{counts.waiting + counts.prioritized}</td>
                <td>{counts.active}</td>
                <td>{counts.delayed}</td>
                <td class={counts.failed > 0 ? 'bad' : ''}>{counts.failed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="card">
        <h2>
          <a href="/sources">{say('sources')}</a> <small>{say('sourcesCount', { n: status.sources.length })}</small>
        </h2>
        <StateCounts context={context} status={status} />
        <PollButton source={null} say={say} />
      </div>
      <div class="card">
        <h2>{say('config')}</h2>
        <p>{say('configVersion', { version: config.version, time: stampOf(config.loadedAt) })}</p>
        <p class="faint">
          deltawire {liveness.version} · {namesOfRoles(liveness.roles, say)} ·{' '}
          {say('uptime', { time: spanOf(Math.max(0, now - liveness.startedAt), say) })}
        </p>
      </div>
    </section>
  );
}

function StateCounts({ context, status }: { context: PageContext; status: Status }) {
  const counts = countStates(status);
  return (
    <ul class="states">
      {CONDITIONS.filter((state) => (counts.get(state) ?? 0) > 0).map((state) => (
        <li key={state}>
          <a href={href('/sources', { state })}>
            <StateMark state={state} say={context.say} /> <b>{counts.get(state)}</b>
          </a>
        </li>
      ))}
    </ul>
  );
}

function countStates(status: Status): Map<SourceCondition, number> {
  const counts = new Map<SourceCondition, number>();
  for (const { state } of status.sources) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

/** What fails for want of a network: while this machine is offline, that is said once and not of each source. */
function isUnreached({ state, found: { lastError } }: SourceStatus): boolean {
  return state === 'failing' && lastError !== null && /^fetch\.(?:dns|connect)\./.test(codeOf(lastError) ?? '');
}

interface AttentionInput {
  readonly context: PageContext;
  readonly status: Status;
  /** A source may be paused from here. */
  readonly mayEdit: boolean;
}

export function Attention({ context, status, mayEdit }: AttentionInput) {
  const { say } = context;
  const isOffline = status.stops.some(({ code }) => code === 'network.away');
  const all = status.sources.filter(({ state }) => NEEDS_ATTENTION.has(state));
  const rows = isOffline ? all.filter((row) => !isUnreached(row)) : all;
  return (
    <section id="attention" data-live aria-labelledby="attention-title">
      <h2 id="attention-title">{say('attention')}</h2>
      {all.length === 0 ? <p class="empty good">{say('allWell')}</p> : null}
      {rows.length < all.length ? <p class="offline">{say('offline', { n: all.length - rows.length })}</p> : null}
      <ul class="attention">
        {rows.slice(0, ATTENTION_SHOWN).map((row) => (
          <li class="panel" key={row.source.id}>
            <StateMark state={row.state} say={say} />
            <div>
              <a class="name" href={href('/status/source', { id: row.source.id })}>
                {row.source.name}
              </a>
              <p class="hint">{hintOf(row, context)}</p>
              <p class="meta">
                <span>
                  {row.found.lastSuccessAt === null ? (
                    say('neverSucceeded')
                  ) : (
                    <>
                      {say('lastSuccess')} <Moment at={row.found.lastSuccessAt} context={context} />
                    </>
                  )}
                </span>
                <span>
                  {say('configLine')}{' '}
                  <a href={href('/config', row.source.at)}>
                    <code>
                      {row.source.at.file}:{row.source.at.line}
                    </code>
                  </a>
                </span>
              </p>
            </div>
            <div class="row">
              <PollButton source={row.source.id} say={say} />
              {mayEdit ? <PauseButton id={row.source.id} enabled say={say} /> : null}
            </div>
          </li>
        ))}
      </ul>
      {rows.length > ATTENTION_SHOWN ? (
        <p class="hint">
          <a href="/sources">{say('attentionMore', { n: rows.length - ATTENTION_SHOWN })}</a>
        </p>
      ) : null}
    </section>
  );
}

/** Draws the front page of the desk: what needs attention, flow, coverage. Its list of sources is a page of its own. */
import type { WebDeps } from '../deps.ts';
import { renderPage, type PageContext } from '../ui/layout.tsx';
import { Asides, Held, Memory, Moves, SelfLinks, Silences, Spam, Stops, UnreadableRecords } from './notices.tsx';
import { IdleRules } from './ruletables.tsx';
import type { Status } from './gather.ts';
import { Attention, Faults, Flow } from './panels.tsx';
import { Coverage, type Span } from './coveragepanel.tsx';
import { Processes } from './processes.tsx';

export interface StatusView {
  readonly mayEdit: boolean;
  /** What feeds call themselves, where that is to be settled; else null. */
  readonly selfLinks: string | null;
  readonly status: Status;
  readonly liveness: WebDeps['liveness'];
  /** Of the map. */
  readonly span: Span;
}

export function renderStatus(context: PageContext, view: StatusView): string {
  const { say } = context;
  const { status } = view;
  return renderPage(
    context,
    { title: say('status'), current: 'status', live: true },
    <>
      <h1>{say('status')}</h1>
      <Stops context={context} status={status} />
      <Processes context={context} status={status} />
      <Faults context={context} status={status} />
      <Flow context={context} status={status} liveness={view.liveness} />
      <Attention context={context} status={status} mayEdit={view.mayEdit} />
      <SelfLinks context={context} url={view.selfLinks} />
      <Memory context={context} status={status} />
      <UnreadableRecords context={context} status={status} />
      <Held context={context} status={status} />
      <Moves context={context} status={status} />
      <Spam context={context} status={status} />
      <Asides context={context} status={status} />
      <Silences context={context} status={status} />
      <IdleRules context={context} rules={status.rules} />
      <Coverage context={context} provinces={status.provinces} span={view.span} />
    </>,
  );
}

/** Draws the buttons that act on a source: forms, so that they work without a script. */
import { href } from '../ui/layout.tsx';
import type { Say } from '../ui/words/site.ts';

interface Action {
  readonly to: '/api/poll' | '/api/pause' | '/api/resume' | '/api/try';
  /** Null for all sources. */
  readonly source: string | null;
  readonly label: string;
  readonly title?: string;
}

export function ActionButton({ to, source, label, title }: Action) {
  return (
    <form method="post" action={href(to, { source })} class="poll">
      <button type="submit" title={title}>
        {label}
      </button>
    </form>
  );
}

export function PollButton({ source, say }: { source: string | null; say: Say }) {
  return <ActionButton to="/api/poll" source={source} label={say(source === null ? 'pollAll' : 'pollNow')} />;
}

/** Pauses a source that is enabled, resumes one that is not. */
export function PauseButton({ id, enabled, say }: { id: string; enabled: boolean; say: Say }) {
  return (
    <ActionButton to={enabled ? '/api/pause' : '/api/resume'} source={id} label={say(enabled ? 'pause' : 'resume')} />
  );
}

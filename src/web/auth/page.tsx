/** Draws the login page. */
import { type PageContext, renderPage } from '../ui/layout.tsx';
import type { Phrase } from '../ui/words/site.ts';

export const LOGIN_PATH = '/login';

export interface LoginView {
  /** Path to go on to. */
  readonly next: string;
  /** As typed before. */
  readonly user: string;
  readonly fault: Phrase | null;
}

export function renderLogin(context: PageContext, { next, user, fault }: LoginView): string {
  const { say } = context;
  return renderPage(
    context,
    { title: say('logIn') },
    <section class="message login">
      <h1>{say('logIn')}</h1>
      {fault === null ? <p>{say('logInWhy')}</p> : null}
      {fault === null ? null : (
        <p class="bad" role="alert" id="fault">
          {say(fault)}
        </p>
      )}
      <form method="post" action={LOGIN_PATH}>
        <input type="hidden" name="next" value={next} />
        <label>
          {say('user')}
          <input type="text" name="user" value={user} autocomplete="username" autocapitalize="none" required />
        </label>
        <label>
          {say('password')}
          <input
            type="password"
            name="password"
            autocomplete="current-password"
            required
            aria-describedby={fault === null ? undefined : 'fault'}
          />
        </label>
        <button type="submit">{say('logIn')}</button>
      </form>
    </section>,
  );
}

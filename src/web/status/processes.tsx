/** Draws the processes that live, by role: whoever looks at the desk asks first whether anyone works. */
import { ROLES } from '../../model/beat.ts';
import { Moment, type PageContext } from '../ui/layout.tsx';
import type { Say } from '../ui/words/site.ts';
import type { Status } from './gather.ts';

export function Processes({ context, status }: { context: PageContext; status: Status }) {
  const { say } = context;
  const { workers } = status;
  return (
    <section id="processes" data-live aria-labelledby="processes-title">
      <h2 id="processes-title">{say('processes')}</h2>
      <p class="roles">
        {ROLES.map((role) => {
          const count = workers.filter(({ roles }) => roles.includes(role)).length;
          return (
            <span class={count === 0 ? 'pill none bad' : 'pill'} key={role}>
              {count === 0 ? say(`none_${role}`) : `${say(`role_${role}`)} ${count}`}
            </span>
          );
        })}
      </p>
      {workers.length === 0 ? null : (
        <div class="scroll" tabIndex={0} role="region" aria-label={say('processes')}>
          <table class="rows processes">
            <thead>
              <tr>
                {(['host', 'roles', 'runsSince', 'lastBeat', 'inHand', 'version'] as const).map((phrase) => (
                  <th scope="col" key={phrase}>
                    {say(phrase)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {workers.map(({ host, pid, roles, since, beatAt, busy, version }) => (
                <tr key={`${host}:${pid}`}>
                  <th scope="row">
                    {host} <span class="faint">{pid}</span>
                  </th>
                  <td data-label={say('roles')}>{namesOfRoles(roles, say)}</td>
                  <td class="when" data-label={say('runsSince')}>
                    <Moment at={since} context={context} />
                  </td>
                  <td class="when" data-label={say('lastBeat')}>
                    <Moment at={beatAt} context={context} />
                  </td>
                  <td class="when" data-label={say('inHand')}>
                    {busy.toLocaleString('en')}
                  </td>
                  <td class="when" data-label={say('version')}>
                    {version}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** A role that a later version has stays as it is. */
export function namesOfRoles(roles: readonly string[], say: Say): string {
  return roles.map((role) => (isRole(role) ? say(`role_${role}`) : role)).join(say('comma'));
}

const isRole = (role: string): role is (typeof ROLES)[number] => ROLES.some((one) => one === role);

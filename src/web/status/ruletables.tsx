/** Draws what the operator's rules did: each with its line, how often it matched and when last; idle ones are marked. */
import { describeRule } from '../../text/ruletext.ts';
import { href, Moment, type PageContext } from '../ui/layout.tsx';
import type { RuleState } from './rulestates.ts';

const IDLE_SHOWN = 12;
/** A file with more rules than this is read better as a file. */
const RULES_SHOWN = 500;

/** Rules that never matched, for the front page of the desk. */
export function IdleRules({ context, rules }: { context: PageContext; rules: readonly RuleState[] }) {
  const { say } = context;
  const idle = rules.filter((rule) => rule.idle);
  if (idle.length === 0) return null;
  return (
    <section id="idle-rules" data-live aria-labelledby="idle-rules-title">
      <h2 id="idle-rules-title">{say('idleRules')}</h2>
      <ul>
        {idle.slice(0, IDLE_SHOWN).map((rule) => (
          <li key={placeOf(rule)}>
            <a href={href('/config', { file: rule.at.file })}>
              <code>{placeOf(rule)}</code>
            </a>{' '}
            {ownerOf(rule)} <code>{describeRule(rule.rule)}</code> {say('idleRule', { n: rule.passed })}
          </li>
        ))}
      </ul>
      {idle.length > IDLE_SHOWN ? <p class="faint">{say('andMore', { n: idle.length - IDLE_SHOWN })}</p> : null}
      <p class="faint">{say('idleRulesHint')}</p>
    </section>
  );
}

/** Every rule of one file. */
export function RuleTable({ context, rules }: { context: PageContext; rules: readonly RuleState[] }) {
  const { say } = context;
  if (rules.length === 0) return null;
  return (
    <section class="panel" id="rules" aria-labelledby="rules-title">
      <h2 id="rules-title">{say('rules')}</h2>
      <p class="faint">{say('rulesHint')}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={say('rules')}>
        <table class="small">
          <thead>
            <tr>
              <th scope="col">{say('configLine')}</th>
              <th scope="col">{say('rule')}</th>
              <th scope="col">{say('ruleMatches')}</th>
              <th scope="col">{say('ruleRemoved')}</th>
              <th scope="col">{say('ruleLast')}</th>
              <th scope="col">{say('rulePassed')}</th>
              <th scope="col">{say('ruleSince')}</th>
            </tr>
          </thead>
          <tbody>
            {rules.slice(0, RULES_SHOWN).map((rule, i) => (
              <tr key={i}>
                <td>
                  <code>{placeOf(rule)}</code>
                </td>
                <th scope="row">
                  {ownerOf(rule)} <code>{describeRule(rule.rule)}</code>
                </th>
                <td class={rule.idle ? 'bad' : ''}>{rule.idle ? say('ruleNever') : rule.matches}</td>
                <td>
                  {rule.list === 'drop' ? rule.removed : '–'}
                  {rule.list === 'drop' && rule.removedSince !== rule.since ? (
                    <small class="faint">
                      {' '}
                      {say('ruleSince')} <Moment at={rule.removedSince} context={context} />
                    </small>
                  ) : null}
                </td>
                <td>
                  <Moment at={rule.lastMatchAt} context={context} />
                </td>
                <td>{rule.passed}</td>
                <td>
                  <Moment at={rule.since} context={context} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const placeOf = ({ at }: RuleState) => `${at.file}:${at.line}`;

const ownerOf = ({ id, list }: RuleState) => (id === '' ? list : `${id} ${list}`);

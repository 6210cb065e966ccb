/** Draws the forms with which an operator splits a copy from a story, joins another story to it, or withdraws it, and takes that back. */
import type { StoredReason } from '../../model/reason.ts';
import { Moment, type PageContext } from '../ui/layout.tsx';
import type { Say } from '../ui/words/site.ts';
import type { StoryView } from './view.ts';

/** Plain forms, which work without JavaScript; empty where the reader may not use them. */
export function Arrange({ view, context }: { view: StoryView; context: PageContext }) {
  const { story, copies, mayArrange } = view;
  const { say } = context;
  if (!mayArrange) return null;
  return (
    <section class="panel arrange" id="arrange">
      <h2>{say('arrange')}</h2>
      {copies.length < 2 ? null : (
        <form method="post" action="/api/story/split" class="poll">
          <label>
            {say('splitCopy')}
            <select name="entry">
              {copies.toReversed().map(({ member, sourceName }) => (
                <option value={member.entry} key={member.entry}>
                  {sourceName} · {member.title}
                </option>
              ))}
            </select>
          </label>
          <button type="submit">{say('split')}</button>
          <p class="hint">{say('splitHint')}</p>
        </form>
      )}
      <form method="post" action="/api/story/join" class="poll">
        <input type="hidden" name="into" value={story.id} />
        <label>
          {say('joinStory')}
          <input type="text" name="story" required autocomplete="off" placeholder={say('joinExample')} />
        </label>
        <button type="submit">{say('join')}</button>
        <p class="hint">{say('joinHint')}</p>
      </form>
      {story.withdrawn === undefined ? <Withdraw story={story.id} say={say} /> : null}
    </section>
  );
}

function Withdraw({ story, say }: { story: string; say: Say }) {
  return (
    <form method="post" action="/api/story/withdraw" class="poll">
      <input type="hidden" name="story" value={story} />
      <label>
        {say('withdrawStory')}
        <input type="text" name="reason" required maxlength={300} autocomplete="off" placeholder={say('reason')} />
      </label>
      <button type="submit">{say('withdraw')}</button>
      <p class="hint">{say('withdrawHint')}</p>
    </form>
  );
}

/** Says what was split or joined by hand, and takes that back; nothing where nothing was. */
export function ArrangedNotes({
  view: { story, copies, mayArrange },
  context,
}: {
  view: StoryView;
  context: PageContext;
}) {
  if (!mayArrange) return null;
  const { say } = context;
  const splitFrom = new Set(copies.flatMap(({ member }) => storyOf(member.why, 'operator.split') ?? []));
  const joined = new Map<string, string[]>();
  for (const { member } of copies) {
    const from = storyOf(member.why, 'operator.join');
    if (from !== null) joined.set(from, [...(joined.get(from) ?? []), member.entry]);
  }
  return (
    <>
      {[...splitFrom].map((from) => (
        <section class="notice" key={from}>
          <p>
            {say('splitFrom')} <a href={`/stories/${encodeURIComponent(from)}`}>{from}</a>
          </p>
          <form method="post" action="/api/story/join" class="poll">
            <input type="hidden" name="into" value={from} />
            <input type="hidden" name="story" value={story.id} />
            <input type="hidden" name="sure" value="1" />
            <button type="submit">{say('undoSplit')}</button>
          </form>
        </section>
      ))}
      {[...joined].map(([from, entries]) => (
        <section class="notice" key={from}>
          <p>{say('joinedFrom', { story: from, copies: entries.length })}</p>
          <form method="post" action="/api/story/split" class="poll">
            <input type="hidden" name="entry" value={entries.join(' ')} />
            <input type="hidden" name="sure" value="1" />
            <button type="submit">{say('undoJoin')}</button>
          </form>
        </section>
      ))}
    </>
  );
}

/** The story that a reason of this code names. */
function storyOf(why: StoredReason, code: 'operator.split' | 'operator.join'): string | null {
  if (typeof why === 'string' || why.code !== code) return null;
  const story = why.params?.['story'];
  return typeof story === 'string' ? story : null;
}

/** Says that the story is withdrawn, and takes that back; nothing where it is not. */
export function WithdrawnNote({ view, context }: { view: StoryView; context: PageContext }) {
  const { id, withdrawn } = view.story;
  const { say } = context;
  if (withdrawn === undefined) return null;
  return (
    <section class="notice">
      <p>
        <strong>{say('withdrawn')}</strong> · <Moment at={withdrawn.at} context={context} /> · {withdrawn.said}
      </p>
      <form method="post" action="/api/story/publish" class="poll">
        <input type="hidden" name="story" value={id} />
        <button type="submit">{say('publishAgain')}</button>
      </form>
    </section>
  );
}

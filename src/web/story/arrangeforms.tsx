/** Draws the forms with which an operator splits a copy from a story, or joins another story to it. */
import type { PageContext } from '../ui/layout.tsx';
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
    </section>
  );
}

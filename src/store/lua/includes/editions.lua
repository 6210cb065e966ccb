-- Shared: a story's places in the list of all stories and in its editions, and the revisions that tell readers of a change.
-- c.storyPrefix, c.aliasPrefix, c.editionPrefix: how the names of those keys begin. `touched`: set of the editions that
-- changed so far, which `bump` counts up at the end.
-- @include apart
-- @include narrowing

-- `facets`: the sets by which it is narrowed to, see stories/facets.ts; `filed`: see narrow_by.
local function place(c, stories, story, order, editions, facets, touched, filed)
  redis.call('ZADD', stories, order, story)
  narrow_by(c, story, order, facets, filed)
  if #editions > 0 then await_words(c, story, order) end
  for _, edition in ipairs(editions) do
    redis.call('ZADD', c.editionPrefix .. edition, order, story)
    touched[edition] = true
  end
end

local function leave(c, story, editions, touched)
  for _, edition in ipairs(editions) do
    redis.call('ZREM', c.editionPrefix .. edition, story)
    touched[edition] = true
  end
end

-- Story `gone` ({id, editions}) becomes a part of story `into`, and its id leads there from now on.
local function absorb(c, stories, gone, into, touched)
  inherit_apart(c.storyPrefix, into, gone.id)
  forget_narrowing(c, gone.id)
  redis.call('DEL', c.storyPrefix .. gone.id)
  redis.call('SET', c.aliasPrefix .. gone.id, into)
  redis.call('ZREM', stories, gone.id)
  leave(c, gone.id, gone.editions, touched)
end

local function bump(revisions, touched)
  for edition in pairs(touched) do redis.call('HINCRBY', revisions, edition, 1) end
end

-- Counts a story's versions, for optimistic concurrency; 0 where there is no story.
local function version_of(story)
  return tonumber(redis.call('HGET', story, 'v') or '0')
end

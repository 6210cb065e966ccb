-- Shared: the sets that a story is found by when an edition is narrowed, and the list of those whose words are to be read.
-- c.facetPrefix: how the names of the sets begin; c.wordDays, c.wordsWaiting: see keys.ts. The story's field 'f' names its
-- sets, a line each.

-- Puts a story into the sets `facets`, and out of those it stood in before. `filed`: its field 'f', where that is read.
local function narrow_by(c, story, order, facets, filed)
  local key = c.storyPrefix .. story
  local before, now = filed or redis.call('HGET', key, 'f') or '', table.concat(facets, '\n')
  if before == now then return end
  local stay = {}
  for _, name in ipairs(facets) do
    stay[name] = true
    redis.call('ZADD', c.facetPrefix .. name, order, story)
  end
  for name in string.gmatch(before, '[^\n]+') do
    if not stay[name] then redis.call('ZREM', c.facetPrefix .. name, story) end
  end
  if now == '' then redis.call('HDEL', key, 'f') else redis.call('HSET', key, 'f', now) end
end

-- Has the words of a story read again; until then every search takes it into account.
local function await_words(c, story, order)
  local day = math.floor((order + 28800000) / 86400000)
  redis.call('ZADD', c.wordsWaiting, order, story)
  redis.call('ZADD', c.wordDays, day, day)
end

-- Before the hash of a story is deleted.
local function forget_narrowing(c, story)
  narrow_by(c, story, 0, {})
  redis.call('ZREM', c.wordsWaiting, story)
end

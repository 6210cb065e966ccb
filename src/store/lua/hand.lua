-- Splits or joins stories as an operator says, in one step, unless one of them changed since it was read.
-- KEYS  1 stories  2 revisions  3 ledger  4 totals
-- ARGV  1 control (JSON, see Control in byhand.ts)
-- Returns 'ok' or 'retry'.
local c = cjson.decode(ARGV[1])
local version_of = function(id) return tonumber(redis.call('HGET', c.storyPrefix .. id, 'v') or '0') end
for _, story in ipairs(c.stories) do if version_of(story.id) ~= story.expect then return 'retry' end end
for _, gone in ipairs(c.gone) do if version_of(gone.id) ~= gone.expect then return 'retry' end end

local touched = {}
for _, gone in ipairs(c.gone) do
  inherit_apart(c.storyPrefix, gone.into, gone.id)
  redis.call('DEL', c.storyPrefix .. gone.id)
  redis.call('SET', c.aliasPrefix .. gone.id, gone.into)
  redis.call('ZREM', KEYS[1], gone.id)
  for _, edition in ipairs(gone.editions) do
    redis.call('ZREM', c.editionPrefix .. edition, gone.id)
    touched[edition] = true
  end
end
for _, story in ipairs(c.stories) do
  redis.call('DEL', c.aliasPrefix .. story.id)
  redis.call('HSET', c.storyPrefix .. story.id, 'v', story.expect + 1, 'j', story.json)
  redis.call('ZADD', KEYS[1], story.order, story.id)
  for _, edition in ipairs(story.editions) do
    redis.call('ZADD', c.editionPrefix .. edition, story.order, story.id)
    touched[edition] = true
  end
  for _, edition in ipairs(story.left) do
    redis.call('ZREM', c.editionPrefix .. edition, story.id)
    touched[edition] = true
  end
end
if c.part[1] then part(c.storyPrefix, c.part[1], c.part[2]) end
for edition in pairs(touched) do redis.call('HINCRBY', KEYS[2], edition, 1) end

for _, entry in ipairs(c.entries) do
  local key = c.entryPrefix .. entry.id
  local was = redis.call('HGET', key, 'd')
  if was then
    redis.call('HINCRBY', KEYS[4], was, -1)
    redis.call('HINCRBY', KEYS[4], entry.decision, 1)
    redis.call('HSET', key, 's', entry.story, 'd', entry.decision)
    list_row(key, record(c, KEYS[3], entry.row, entry.line))
  end
end
return 'ok'

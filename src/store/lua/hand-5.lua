-- Splits, joins or withdraws stories as an operator says, in one step, unless one of them changed since it was read.
-- KEYS  stories: zset of all stories
--       revisions: hash of the editions' revisions
--       ledger: stream of decisions
--       totals: hash of the totals
--       withdrawn: zset of the stories that are withdrawn
-- ARGV  control: JSON, see Control in byhand.ts
-- Returns 'ok', or 'retry' where a story is not at the version that it was read at.
-- @include ledger
-- @include editions
local c = cjson.decode(args.control)
for _, story in ipairs(c.stories) do if version_of(c.storyPrefix .. story.id) ~= story.expect then return 'retry' end end
for _, gone in ipairs(c.gone) do if version_of(c.storyPrefix .. gone.id) ~= gone.expect then return 'retry' end end

local touched = {}
for _, gone in ipairs(c.gone) do absorb(c, keys.stories, gone, gone.into, touched) end
for _, story in ipairs(c.stories) do
  redis.call('DEL', c.aliasPrefix .. story.id)
  redis.call('HSET', c.storyPrefix .. story.id, 'v', story.expect + 1, 'j', story.json)
  place(c, keys.stories, story.id, story.order, story.editions, story.facets, touched)
  leave(c, story.id, story.left, touched)
end
if c.part[1] then part(c.storyPrefix, c.part[1], c.part[2]) end
bump(keys.revisions, touched)
for _, story in ipairs(c.withdrawn) do
  if story.at == 0 then redis.call('ZREM', keys.withdrawn, story.id) else redis.call('ZADD', keys.withdrawn, story.at, story.id) end
end

for _, entry in ipairs(c.entries) do
  local key = c.entryPrefix .. entry.id
  local known = redis.call('HMGET', key, 'd', 'l')
  local was = known[1]
  if was then
    redis.call('HINCRBY', keys.totals, was, -1)
    redis.call('HINCRBY', keys.totals, entry.decision, 1)
    local row = record(c, keys.ledger, entry.row, entry.line)
    redis.call('HSET', key, 's', entry.story, 'd', entry.decision, 'l', listed(known[2], row))
  end
end
return 'ok'

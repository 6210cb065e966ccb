-- Commits one entry, its story and its decision in one step, or says that the decision rests on an outdated read.
-- KEYS  entry: hash of the entry
--       seen: hash of the source's seen items
--       story: hash of the story that the entry joins or begins
--       entries: zset of all entries
--       stories: zset of all stories
--       ledger: stream of decisions
--       totals: hash of the totals
--       revisions: hash of the editions' revisions
--       unannounced: hash of how many of the editions' revisions are told to no subscriber
--       sequence: count of commits
--       places: hash of the day's coverage
--       figures: hash of the day's figures
--       offered: hash of the source's items on their way
--       placing: the placement that is wanted
--       misplaced: hash of the stories that were committed by another one
--       more: hash of each story that is merged into it, in the order of control.merges
-- ARGV  control: JSON, see Control in plan.ts
--       entry: the entry, packed
--       raw: the raw item, packed
--       evidence: what it is compared by
--       classification: JSON
--       story: the story without its version
--       row: row of the ledger
--       line: its line in the index, without its id
-- Returns 'ok', 'known' (this very item is committed already, or a newer version of it was read) or 'retry' (a posting or a story changed since it was read).
-- @include postings
-- @include readings
-- @include ledger
-- @include editions
local c = cjson.decode(args.control)
local seen = redis.call('HGET', keys.seen, c.entry)
local reading = reading_of(keys.offered, keys.entry, c.entry, c.hash, c.reading)
if not reading then return 'known' end
if seen == c.hash then
  settle(keys.offered, keys.entry, c.entry, reading)
  return 'known'
end
local was = redis.call('HGET', keys.entry, 'd')
if seen and not was then
  -- Tombstone: the entry was pruned; an edit does not bring it back.
  redis.call('HSET', keys.seen, c.entry, c.hash)
  redis.call('HDEL', keys.offered, c.entry)
  return 'known'
end

-- Counted also where the decision turns out to rest on an outdated read and is made again.
redis.call('HINCRBY', keys.totals, 'comparisons', c.candidates)
-- A key that many share tells little, and waiting for a moment without news on it would stall them all: it counts only
-- where the entry has no other. What was posted since the read stands in a generation of now, clocks allowed for.
local hot, fresh = true, false
for i, key in ipairs(c.keys) do
  local newer, full = false, false
  for generation = c.generation - 1, c.generation + 1 do
    local hash, field = place_of(c, generation, key)
    local value = redis.call('HGET', hash, field)
    newer = newer or newest_of(value) > c.tops[i]
    full = full or is_full(value)
  end
  if newer and not full then return 'retry' end
  hot = hot and full
  fresh = fresh or newer
end
if hot and fresh then return 'retry' end
if version_of(keys.story) ~= c.expect then return 'retry' end
-- An entry that leaves may take the id back under which it began.
if #c.leaves == 0 and redis.call('EXISTS', c.aliasPrefix .. c.story) == 1 then return 'retry' end
for i, merged in ipairs(c.merges) do
  if version_of(more[i]) ~= merged.expect then return 'retry' end
end

for _, from in ipairs(c.leaves) do
  if version_of(c.storyPrefix .. from.id) ~= from.expect then return 'retry' end
end

local sequence = redis.call('INCR', keys.sequence)
redis.call('HINCRBY', keys.totals, 'matched', 1)
redis.call('HINCRBY', keys.totals, 'candidates', c.candidates)
redis.call('HINCRBY', keys.totals, 'storiesMerged', #c.merges)
if was then
  redis.call('HINCRBY', keys.totals, was, -1)
else
  redis.call('ZADD', keys.entries, c.now, c.entry)
  redis.call('HSET', keys.entry, 'at', c.now)
end
redis.call('HINCRBY', keys.totals, c.decision, 1)
local row = record(c, keys.ledger, args.row, args.line)
redis.call('HSET', keys.entry, 'e', args.entry, 'r', args.raw, 'v', args.evidence, 'x', args.classification,
  's', c.story, 'd', c.decision, 'h', c.hash, 'o', c.source)
list_row(keys.entry, row)
redis.call('HSET', keys.seen, c.entry, c.hash)
settle(keys.offered, keys.entry, c.entry, reading)
post(c, sequence, was)

local touched = {}
for _, from in ipairs(c.leaves) do
  redis.call('DEL', c.aliasPrefix .. c.story)
  redis.call('HSET', c.storyPrefix .. from.id, 'v', from.expect + 1, 'j', from.json)
  place(c, keys.stories, from.id, from.order, from.editions, from.facets, touched)
  leave(c, from.id, from.left, touched)
end
redis.call('HSET', keys.story, 'v', c.expect + 1, 'j', args.story)
place(c, keys.stories, c.story, c.order, c.editions, c.facets, touched)
leave(c, c.story, c.left, touched)
for _, merged in ipairs(c.merges) do
  absorb(c, keys.stories, merged, c.story, touched)
  for _, member in ipairs(merged.members) do redis.call('HSET', c.entryPrefix .. member, 's', c.story) end
end
bump(keys.revisions, touched)
if c.isOldNews then bump(keys.unannounced, touched) end
-- Judged by another config than the one that stories are placed by: it is done again.
if c.placement and (redis.call('GET', keys.placing) or c.placement) ~= c.placement then
  redis.call('HSET', keys.misplaced, c.story, c.expect + 1)
end

if not was then
  redis.call('HINCRBY', keys.figures, c.source .. '|' .. c.decision, 1)
  redis.call('EXPIRE', keys.figures, c.dayTtl)
  if c.decision ~= 'dropped' then
    for _, code in ipairs(c.codes) do redis.call('HINCRBY', keys.places, code, 1) end
    redis.call('EXPIRE', keys.places, c.dayTtl)
  end
end
return 'ok'

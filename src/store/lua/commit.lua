-- Commits one entry, its story and its decision in one step, or says that the decision rests on an outdated read.
-- KEYS  1 entry  2 seen  3 story  4 entries  5 stories  6 ledger  7 totals  8 revisions  9 sequence
--       10 coverage of the day  11 figures of the day  12… one story key per merged story
--       (the ledger's index, c.shelves and c.shelf, is found by name: its last shelf is known only here; so are postings)
-- ARGV  1 control (JSON, see Control in plan.ts)  2 entry  3 raw  4 evidence  5 classification  6 story without version
--       7 ledger row  8 its line in the index, without its id
-- Returns 'ok', 'known' (this very item is committed already) or 'retry' (a posting or a story changed since it was read).
local c = cjson.decode(ARGV[1])
local seen = redis.call('HGET', KEYS[2], c.entry)
if seen == c.hash then return 'known' end
local was = redis.call('HGET', KEYS[1], 'd')
if seen and not was then
  -- Tombstone: the entry was pruned; an edit does not bring it back.
  redis.call('HSET', KEYS[2], c.entry, c.hash)
  return 'known'
end

local first_merge = 12
-- Counted also where the decision turns out to rest on an outdated read and is made again.
redis.call('HINCRBY', KEYS[7], 'comparisons', c.candidates)
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
if tonumber(redis.call('HGET', KEYS[3], 'v') or '0') ~= c.expect then return 'retry' end
if redis.call('EXISTS', c.alias .. c.story) == 1 then return 'retry' end
for i, merged in ipairs(c.merges) do
  if tonumber(redis.call('HGET', KEYS[first_merge + i - 1], 'v') or '0') ~= merged.expect then return 'retry' end
end

local sequence = redis.call('INCR', KEYS[9])
redis.call('HINCRBY', KEYS[7], 'matched', 1)
redis.call('HINCRBY', KEYS[7], 'candidates', c.candidates)
redis.call('HINCRBY', KEYS[7], 'storiesMerged', #c.merges)
if was then
  redis.call('HINCRBY', KEYS[7], was, -1)
else
  redis.call('ZADD', KEYS[4], c.now, c.entry)
  redis.call('HSET', KEYS[1], 'at', c.now)
end
redis.call('HINCRBY', KEYS[7], c.decision, 1)
local row = record(c, KEYS[6], ARGV[7], ARGV[8])
redis.call('HSET', KEYS[1], 'e', ARGV[2], 'r', ARGV[3], 'v', ARGV[4], 'x', ARGV[5], 's', c.story, 'd', c.decision,
  'h', c.hash)
list_row(KEYS[1], row)
redis.call('HSET', KEYS[2], c.entry, c.hash)
post(c, sequence, was)

redis.call('HSET', KEYS[3], 'v', c.expect + 1, 'j', ARGV[6])
redis.call('ZADD', KEYS[5], c.order, c.story)
local touched = {}
for _, edition in ipairs(c.editions) do
  redis.call('ZADD', c.editionPrefix .. edition, c.order, c.story)
  touched[edition] = true
end
for _, edition in ipairs(c.left) do
  redis.call('ZREM', c.editionPrefix .. edition, c.story)
  touched[edition] = true
end
for i, merged in ipairs(c.merges) do
  inherit_apart(c.storyPrefix, c.story, merged.id)
  redis.call('DEL', KEYS[first_merge + i - 1])
  redis.call('SET', c.alias .. merged.id, c.story)
  redis.call('ZREM', KEYS[5], merged.id)
  for _, edition in ipairs(merged.editions) do
    redis.call('ZREM', c.editionPrefix .. edition, merged.id)
    touched[edition] = true
  end
  for _, member in ipairs(merged.members) do redis.call('HSET', c.entryPrefix .. member, 's', c.story) end
end
for edition in pairs(touched) do redis.call('HINCRBY', KEYS[8], edition, 1) end

if not was then
  redis.call('HINCRBY', KEYS[11], c.source .. '|' .. c.decision, 1)
  redis.call('EXPIRE', KEYS[11], c.dayTtl)
  if c.decision ~= 'dropped' then
    for _, code in ipairs(c.codes) do redis.call('HINCRBY', KEYS[10], code, 1) end
    redis.call('EXPIRE', KEYS[10], c.dayTtl)
  end
end
return 'ok'

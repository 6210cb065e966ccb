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

-- Counts fields up, all with two commands; and one down, which had a decision before.
local function count(totals, by, was)
  local names, fields = {}, {}
  if was then by[was] = (by[was] or 0) - 1 end
  for name, more in pairs(by) do if more ~= 0 then names[#names + 1] = name end end
  if #names == 0 then return end
  for i, known in ipairs(redis.call('HMGET', totals, unpack(names))) do
    fields[2 * i - 1], fields[2 * i] = names[i], tonumber(known or '0') + by[names[i]]
  end
  redis.call('HSET', totals, unpack(fields))
end

-- The first count of anything may be the first of the day.
local function count_day(figures, field)
  if redis.call('HINCRBY', figures, field, 1) == 1 then redis.call('EXPIRE', figures, c.dayTtl) end
end

local seen = redis.call('HGET', keys.seen, c.entry)
local was, known_reading, rows = unpack(redis.call('HMGET', keys.entry, 'd', 'n', 'l'))
local reading, is_offered = reading_of(keys.offered, known_reading, c.entry, c.hash, c.reading)
if not reading then return 'known' end
if seen == c.hash then
  settle(keys.offered, keys.entry, c.entry, reading)
  return 'known'
end
if seen and not was then
  -- Tombstone: the entry was pruned; an edit does not bring it back.
  redis.call('HSET', keys.seen, c.entry, c.hash)
  redis.call('HDEL', keys.offered, c.entry)
  return 'known'
end

-- What was compared counts also where the decision turns out to rest on an outdated read and is made again.
local function retry()
  count(keys.totals, { comparisons = c.candidates })
  return 'retry'
end

-- A key that many share tells little, and waiting for a moment without news on it would stall them all: it counts only
-- where the entry has no other. What was posted since the read stands in the newest generation of then, or in a later one.
local listed_generations, alias, placing = unpack(redis.call('MGET', c.generations, c.aliasPrefix .. c.story, keys.placing))
local generations, newest = generations_in(listed_generations), {}
local posted = {}
for _, key in ipairs(c.keys) do posted[#posted + 1] = key end
for _, key in ipairs(c.topics) do posted[#posted + 1] = key end
local hot, fresh = true, false
local newer, full = {}, {}
for i, generation in ipairs(generations) do
  if generation[1] >= c.newest then
    newest = read_buckets(c, generation, i == #generations and posted or c.keys)
    for at, key in ipairs(c.keys) do
      local bucket = newest[bucket_of(generation, key)]
      local places = places_in(bucket, key[2])
      newer[at] = newer[at] or #places > 0 and reference_at(bucket, places[#places]) > c.tops[at]
      full[at] = full[at] or #places >= MANY
    end
  end
end
for at in ipairs(c.keys) do
  if newer[at] and not full[at] then return retry() end
  hot = hot and full[at]
  fresh = fresh or newer[at]
end
if hot and fresh then return retry() end
local version, filed = unpack(redis.call('HMGET', keys.story, 'v', 'f'))
if tonumber(version or '0') ~= c.expect then return retry() end
-- An entry that leaves may take the id back under which it began.
if #c.leaves == 0 and alias then return retry() end
for i, merged in ipairs(c.merges) do
  if version_of(more[i]) ~= merged.expect then return retry() end
end

for _, from in ipairs(c.leaves) do
  if version_of(c.storyPrefix .. from.id) ~= from.expect then return retry() end
end

local sequence = redis.call('INCR', keys.sequence)
count(keys.totals, {
  comparisons = c.candidates, matched = 1, candidates = c.candidates, storiesMerged = #c.merges, [c.decision] = 1,
}, was)
local row = record(c, keys.ledger, args.row, args.line)
redis.call('HSET', keys.entry, 'e', args.entry, 'r', args.raw, 'v', args.evidence, 'x', args.classification,
  's', c.story, 'd', c.decision, 'h', c.hash, 'o', c.source, 'l', listed(rows, row), 'n', reading,
  unpack(was and {} or { 'at', c.now }))
if not was then redis.call('ZADD', keys.entries, c.now, c.entry) end
redis.call('HSET', keys.seen, c.entry, c.hash)
if is_offered then redis.call('HDEL', keys.offered, c.entry) end
if was then
  unpost(c, generations, posted)
  if #generations > 0 then newest = read_buckets(c, generations[#generations], posted) end
end
post(c, generations, newest, sequence, posted)

local touched = {}
for _, from in ipairs(c.leaves) do
  redis.call('DEL', c.aliasPrefix .. c.story)
  redis.call('HSET', c.storyPrefix .. from.id, 'v', from.expect + 1, 'j', from.json)
  place(c, keys.stories, from.id, from.order, from.editions, from.facets, touched)
  leave(c, from.id, from.left, touched)
end
redis.call('HSET', keys.story, 'v', c.expect + 1, 'j', args.story)
place(c, keys.stories, c.story, c.order, c.editions, c.facets, touched, filed or '')
leave(c, c.story, c.left, touched)
for _, merged in ipairs(c.merges) do
  absorb(c, keys.stories, merged, c.story, touched)
  for _, member in ipairs(merged.members) do redis.call('HSET', c.entryPrefix .. member, 's', c.story) end
end
bump(keys.revisions, touched)
if c.isOldNews then bump(keys.unannounced, touched) end
-- Judged by another config than the one that stories are placed by: it is done again.
if c.placement and (placing or c.placement) ~= c.placement then
  redis.call('HSET', keys.misplaced, c.story, c.expect + 1)
end

if not was then
  count_day(keys.figures, c.source .. '|' .. c.decision)
  if c.decision ~= 'dropped' then
    for _, code in ipairs(c.codes) do count_day(keys.places, code) end
  end
end
return 'ok'

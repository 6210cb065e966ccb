-- Notes what a document that was read of a source says of its items, before those that are new or changed are queued:
-- what was read before it is outdated from now on.
-- KEYS  source: hash of the source
--       seen: hash of the source's seen items
--       offered: hash of its items on their way
-- ARGV  control: JSON {entryPrefix, whole (the document has all that the source has), known (of one that has not: number
--       of the last whole one when it came), fresh ([id, mark] of items to queue), standing ([id, mark] of those that are
--       stored as they are), keepSeconds}
-- Returns {number of this reading, ids to queue}; the number is 0, and nothing is noted, where an item was stored as
-- something else meanwhile. Not to queue are items that a whole document, read since this one came, has otherwise.
-- @include readings

-- What a hash has of items, false where it has none; with one command for so many as Lua passes arguments.
local AT_ONCE = 1000
local function values_of(key, items)
  local values = {}
  for from = 1, #items, AT_ONCE do
    local ids = {}
    for i = from, math.min(#items, from + AT_ONCE - 1) do ids[#ids + 1] = items[i][1] end
    for _, value in ipairs(redis.call('HMGET', key, unpack(ids))) do values[#values + 1] = value end
  end
  return values
end

local c = cjson.decode(args.control)
local marks = values_of(keys.seen, c.standing)
for i, one in ipairs(c.standing) do
  if marks[i] ~= one[2] then return { 0, {} } end
end
local number = redis.call('HINCRBY', keys.source, 'reading', 1)
local overtaken = not c.whole and tonumber(redis.call('HGET', keys.source, 'whole') or '0') > c.known
if c.whole then redis.call('HSET', keys.source, 'whole', number) end
if not overtaken then
  local offered = values_of(keys.offered, c.standing)
  for i, one in ipairs(c.standing) do
    if offered[i] then
      settle(keys.offered, c.entryPrefix .. one[1], one[1], number)
    end
  end
end
local ids = {}
for _, one in ipairs(c.fresh) do
  local id, mark = one[1], one[2]
  if not overtaken or (redis.call('HEXISTS', keys.seen, id) == 0 and redis.call('HEXISTS', keys.offered, id) == 0) then
    ids[#ids + 1] = id
    redis.call('HSET', keys.offered, id, number .. ' ' .. mark)
  end
end
if #ids > 0 then redis.call('EXPIRE', keys.offered, c.keepSeconds) end
return { number, ids }

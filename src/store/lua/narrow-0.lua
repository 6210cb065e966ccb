-- Walks the stories of an edition that are in certain sets, newest first, over the smallest of the sets.
-- ARGV  control: JSON {edition (key), groups (lists of keys of facets: it is in one of each), from (highest order time, as
--                ZREVRANGEBYSCORE takes it), story (id: of that order time only those below it; empty: all), since,
--                most (stories wanted), looks (stories looked at)}
-- Returns {ids, newest first; order time and id of the story to go on after, or nothing at the end}.
-- @include facets
local CHUNK = 200
local c = cjson.decode(args.control)
-- A number would lose its last digits as text.
local from = tostring(c.from)

-- Order of bytes, as Redis has it; `<` goes by the locale.
local function is_below(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then return x < y end
  end
  return #a < #b
end

local driver, aside, size = { c.edition }, nil, redis.call('ZCARD', c.edition)
for i, group in ipairs(c.groups) do
  local count = 0
  for _, key in ipairs(group) do count = count + redis.call('ZCARD', key) end
  if count < size then driver, aside, size = group, i, count end
end

local function reader(key)
  local rows, at, offset = {}, 1, 0
  return function()
    while true do
      if at > #rows then
        rows, at = redis.call('ZREVRANGEBYSCORE', key, from, c.since, 'WITHSCORES', 'LIMIT', offset, CHUNK), 1
        offset = offset + CHUNK
        if #rows == 0 then return nil end
      end
      local id, score = rows[at], rows[at + 1]
      at = at + 2
      if c.story == '' or score ~= from or is_below(id, c.story) then return id, score end
    end
  end
end

local heads = {}
for _, key in ipairs(driver) do
  local next_of = reader(key)
  local id, score = next_of()
  if id then heads[#heads + 1] = { id = id, score = score, order = tonumber(score), next_of = next_of } end
end

local function take_newest()
  local best
  for i, head in ipairs(heads) do
    local other = best and heads[best]
    if not other or head.order > other.order or (head.order == other.order and is_below(other.id, head.id)) then best = i end
  end
  if not best then return nil end
  local head = heads[best]
  local id, score = head.id, head.score
  head.id, head.score = head.next_of()
  if head.id then head.order = tonumber(head.score) else table.remove(heads, best) end
  return id, score
end

local found, looks, last = {}, 0, nil
while true do
  local id, score = take_newest()
  if not id then return { found } end
  looks = looks + 1
  if id ~= last and (not aside or redis.call('ZSCORE', c.edition, id)) and in_each(c.groups, id, aside) then
    found[#found + 1] = id
  end
  last = id
  if #found >= c.most or looks >= c.looks then return { found, score, id } end
end

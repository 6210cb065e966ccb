-- Finds the stories of an edition that may have some words, a day after the other from the newest on.
-- ARGV  control: JSON {edition (key), groups (lists of keys of facets: it is in one of each), marks (that it has), fromDay,
--                sinceDay (whole days since 1970 in Beijing), most (stories that suffice), reads (at most, of 32 stories each),
--                words (how the names of the days' lists begin), wordDays, wordsWaiting}
-- Returns {ids and order times in turn, in no order within a day; the day to go on with, or nothing}.
-- @include facets
local WIDTH, DAY = 32, 86400000
local c = cjson.decode(args.control)
local found, reads = {}, 0

local function consider(id)
  local score = redis.call('ZSCORE', c.edition, id)
  if score and in_each(c.groups, id) then found[#found + 1], found[#found + 2] = id, score end
end

local function stories_with_all(chunk)
  local bits = -1
  for _, mark in ipairs(c.marks) do
    local four = redis.call('GETRANGE', chunk, mark * 4, mark * 4 + 3)
    bits = four == '' and 0 or bit.band(bits, (struct.unpack('>I4', four)))
    if bits == 0 then break end
  end
  return bits
end

for _, day in ipairs(redis.call('ZREVRANGEBYSCORE', c.wordDays, c.fromDay, c.sinceDay)) do
  if #found >= 2 * c.most or reads >= c.reads then return { found, day } end
  local words = c.words .. day
  for place = 0, redis.call('LLEN', words) - 1, WIDTH do
    reads = reads + 1
    local bits = stories_with_all(words .. ':' .. place / WIDTH)
    if bits ~= 0 then
      for i, id in ipairs(redis.call('LRANGE', words, place, place + WIDTH - 1)) do
        if bit.band(bits, bit.lshift(1, WIDTH - i)) ~= 0 then consider(id) end
      end
    end
  end
  local begins = day * DAY - 28800000
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', c.wordsWaiting, begins, '(' .. begins + DAY)) do consider(id) end
end
return { found }

-- Enters a story among the words of its day. A day's stories have places in the order of their coming. 32 of them share a
-- string, in which each mark has four bytes with a bit for each story, so that one short read tells which of them have it.
-- ARGV  control: JSON {story, version (that its text was read at), words (name of the day's list), marks (how many there are)}
--                with the prefixes that narrowing.lua reads
--       marks: those of its text, as big-endian 16-bit integers; none for a story that no edition has
-- Returns 'ok', 'again' where the story changed since, or 'gone'.
local WIDTH = 32
-- Bytes of marks that one command sets: Lua hands a function some 8,000 values, and a mark takes four.
local STEP = 3600
local c = cjson.decode(args.control)
local key = c.storyPrefix .. c.story

local function place_of(known)
  if known then return tonumber(known) end
  local place = redis.call('RPUSH', c.words, c.story) - 1
  redis.call('HSET', key, 'w', place)
  return place
end

local function enter(place)
  local chunk, bit_of = c.words .. ':' .. math.floor(place / WIDTH), place % WIDTH
  -- Written whole at first: a string that grows takes twice its length.
  if redis.call('EXISTS', chunk) == 0 then redis.call('SETBIT', chunk, c.marks * WIDTH - 1, 0) end
  for from = 1, #args.marks, STEP do
    local fields = {}
    for at = from, math.min(#args.marks, from + STEP - 1), 2 do
      local n = #fields
      fields[n + 1], fields[n + 2], fields[n + 4] = 'SET', 'u1', 1
      fields[n + 3] = struct.unpack('>I2', string.sub(args.marks, at, at + 1)) * WIDTH + bit_of
    end
    redis.call('BITFIELD', chunk, unpack(fields))
  end
end

local known = redis.call('HMGET', key, 'v', 'w')
if args.marks ~= '' and known[1] then enter(place_of(known[2])) end
if known[1] and tonumber(known[1]) ~= c.version then return 'again' end
redis.call('ZREM', c.wordsWaiting, c.story)
return known[1] and 'ok' or 'gone'

-- Gives a story its place among the words of its day, in the order of coming.
-- ARGV  control: JSON {story, version (that its text was read at), words (name of the day's list), isFound (whether it has
--                words to be found by: an edition has it)} with the prefixes that narrowing.lua reads
-- Returns the place, or -1 where there is nothing to enter: it is gone, or in no edition.
local c = cjson.decode(args.control)
local key = c.storyPrefix .. c.story
local version, place = unpack(redis.call('HMGET', key, 'v', 'w'))
if not version or (not c.isFound and tonumber(version) == c.version) then
  redis.call('ZREM', c.wordsWaiting, c.story)
end
if not version or not c.isFound then return -1 end
if place then return tonumber(place) end
place = redis.call('RPUSH', c.words, c.story) - 1
redis.call('HSET', key, 'w', place)
return place

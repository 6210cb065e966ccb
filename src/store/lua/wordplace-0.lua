-- Gives stories their places among the words of their days, in the order of coming.
-- ARGV  control: JSON {stories ([id, version (that its text was read at), words (name of the day's list), whether it has words
--                to be found by: an edition has it])} with the prefixes that narrowing.lua reads
-- Returns the places, in order; -1 where there is nothing to enter: a story is gone, or in no edition.
local c = cjson.decode(args.control)
local places = {}
for i, one in ipairs(c.stories) do
  local id, read, words, is_found = unpack(one)
  local version, place = unpack(redis.call('HMGET', c.storyPrefix .. id, 'v', 'w'))
  if not version or (not is_found and tonumber(version) == read) then redis.call('ZREM', c.wordsWaiting, id) end
  if not version or not is_found then place = -1
  elseif not place then
    place = redis.call('RPUSH', words, id) - 1
    redis.call('HSET', c.storyPrefix .. id, 'w', place)
  end
  places[i] = tonumber(place)
end
return places

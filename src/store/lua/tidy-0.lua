-- Frees what the words of a day take for stories that are gone.
-- ARGV  control: JSON {day, words (name of the day's list), stories (zset of all stories), storyPrefix, wordDays, wordsWaiting}
-- Returns 'kept', 'gone' where no story of that day is left, or 'again' where most were gone: the others are to be read again.
-- @include fields
local WIDTH, DAY = 32, 86400000
local c = cjson.decode(args.control)
local ids, alive = redis.call('LRANGE', c.words, 0, -1), {}
for i, id in ipairs(ids) do
  if fields_of(c.storyPrefix .. id, 'w')[1] == tostring(i - 1) then alive[#alive + 1] = id end
end
if #alive > 0 and 2 * #alive + WIDTH > #ids then return 'kept' end
for place = 0, #ids - 1, WIDTH do redis.call('DEL', c.words .. ':' .. place / WIDTH) end
redis.call('DEL', c.words)
for _, id in ipairs(alive) do
  redis.call('HDEL', c.storyPrefix .. id, 'w')
  redis.call('ZADD', c.wordsWaiting, redis.call('ZSCORE', c.stories, id), id)
end
local begins = c.day * DAY - 28800000
if redis.call('ZCOUNT', c.wordsWaiting, begins, '(' .. begins + DAY) > 0 then return 'again' end
redis.call('ZREM', c.wordDays, c.day)
return 'gone'

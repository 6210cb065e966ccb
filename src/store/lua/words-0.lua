-- Enters stories among the words of their day. 32 of them share a string, in which each mark has four bytes with a bit for
-- each story, so that one short read tells which of them have it.
-- ARGV  control: JSON {chunk (name of the string), stories ([id, place, version that its text was read at])} with the
--                prefixes that narrowing.lua reads
--       bits: such a string with the bits of these stories
-- Returns how many stories were entered: the others have lost their place, or are gone. Those that changed since wait on.
local c = cjson.decode(args.control)
local entered = 0
for _, one in ipairs(c.stories) do
  local id, place, read = unpack(one)
  local version, known = unpack(redis.call('HMGET', c.storyPrefix .. id, 'v', 'w'))
  if version and tonumber(known or '-1') == place then
    entered = entered + 1
    if tonumber(version) == read then redis.call('ZREM', c.wordsWaiting, id) end
  end
end
-- Bits of a story that has lost its place would only have others looked at in vain.
if entered > 0 then
  local new = c.chunk .. ':new'
  redis.call('SET', new, args.bits)
  redis.call('BITOP', 'OR', c.chunk, c.chunk, new)
  redis.call('DEL', new)
end
return entered

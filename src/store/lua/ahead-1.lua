-- Puts a generation before all others in the list of those of the index of postings, unless that was done.
-- KEYS  generations: JSON of the list, see includes/postings.lua
-- ARGV  generation: JSON of the new one, whose number is 0
-- Returns the JSON of the one with the number 0.
local list = cjson.decode(redis.call('GET', keys.generations) or '[]')
if not list[1] or list[1][1] ~= 0 then
  table.insert(list, 1, cjson.decode(args.generation))
  redis.call('SET', keys.generations, cjson.encode(list))
end
return cjson.encode(list[1])

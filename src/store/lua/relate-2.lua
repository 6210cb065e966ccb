-- Notes that two stories tell of one event, for each what it says of the other.
-- KEYS  one: hash of the first story's relations
--       other: hash of the second's
-- ARGV  control: JSON {one, other (ids), most (relations that a story keeps), keepMs}
--       why: what the first says of the second
--       back: what the second says of the first
-- Returns how many of the two took it: a story that has `most` relations takes no further one.
local c = cjson.decode(args.control)
local function link(key, other, json)
  if redis.call('HEXISTS', key, other) == 0 and redis.call('HLEN', key) >= c.most then return 0 end
  redis.call('HSET', key, other, json)
  redis.call('PEXPIRE', key, c.keepMs)
  return 1
end
return link(keys.one, c.other, args.why) + link(keys.other, c.one, args.back)

-- Takes the sources that are due: they come due again later, so that no other scheduler takes them, too.
-- KEYS  due: zset of sources by when they are due
-- ARGV  now: epoch ms
--       limit: how many at most
--       later: epoch ms at which they come due again, where nothing else sets it
-- Returns their ids, soonest first.
local ids = redis.call('ZRANGEBYSCORE', keys.due, '-inf', args.now, 'LIMIT', 0, tonumber(args.limit))
for _, id in ipairs(ids) do redis.call('ZADD', keys.due, args.later, id) end
return ids

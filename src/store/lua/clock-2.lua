-- Notes what time it is for a host; where its clock was set back since it was noted last, what is due comes earlier by as much.
-- KEYS  clock: hash of host → time noted last (epoch ms)
--       due: zset source id → when it is due
-- ARGV  host: name of the host
--       now: its time (epoch ms)
--       toleranceMs: a clock that is corrected by less was not set back
-- Returns by how many milliseconds it was set back; 0: not.
local now = tonumber(args.now)
local last = tonumber(redis.call('HGET', keys.clock, args.host) or args.now)
redis.call('HSET', keys.clock, args.host, args.now)
redis.call('EXPIRE', keys.clock, 30 * 86400)
local back = last - now
if back <= tonumber(args.toleranceMs) then return 0 end
local rows = redis.call('ZRANGEBYSCORE', keys.due, '(' .. args.now, '+inf', 'WITHSCORES')
for i = 1, #rows, 2 do
  redis.call('ZADD', keys.due, math.max(now, tonumber(rows[i + 1]) - back), rows[i])
end
return back

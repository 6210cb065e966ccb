-- Gives a request its turn on a host: at most `limit` at a time, and `interval` ms between starts, across all workers.
-- KEYS  1 leases (zset lease → expiry)  2 pace (when the next request may start)
-- ARGV  1 lease  2 now  3 limit  4 interval ms  5 lease ms
-- Returns 0 when the request may start now (the lease is held), else the ms to wait before asking again.
local now, limit, interval = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local next_start = tonumber(redis.call('GET', KEYS[2]) or '0')
if next_start > now then return math.ceil(next_start - now) end
if redis.call('ZCARD', KEYS[1]) >= limit then
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return math.max(20, math.min(tonumber(first[2]) - now, math.max(interval, 250)))
end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[5]), ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
if interval > 0 then redis.call('SET', KEYS[2], now + interval, 'PX', interval) end
return 0

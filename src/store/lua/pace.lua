-- Gives a request its turn on a host: at most `limit` at a time, and `interval` ms between starts, across all workers.
-- Whoever must wait is given a moment of its own, so that those who wait do not all come back for the next one.
-- KEYS  1 leases (zset lease → expiry)  2 pace (hash: last start, tail = first moment not given away, rest = until when
--       the host asked to be left alone)  3 slots (zset lease → moment given)
-- ARGV  1 lease  2 now  3 limit  4 interval ms  5 lease ms  6 patience ms; negative: a person asks, the host's rest is ignored
-- Returns 0 when the request may start now (the lease is held); n > 0: come back in n ms (a moment is kept);
--         n < 0: the host rests for -n ms, longer than patience (nothing is kept).
local lease, now, limit = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local interval, lease_ms, patience = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local pace = redis.call('HMGET', KEYS[2], 'last', 'tail', 'rest')
local last, tail, rest = tonumber(pace[1] or '-1e15'), tonumber(pace[2] or '0'), tonumber(pace[3] or '0')
if patience < 0 then rest = 0 elseif rest - now > patience then
  redis.call('ZREM', KEYS[3], lease)
  return -math.ceil(rest - now)
end

-- Moments lie a little further apart than starts must: one that is taken late must not spoil the next.
local spacing = math.max(40, interval + math.min(25, interval / 20))
local function give(least)
  local at = math.max(tail, last + interval, rest, now + least)
  redis.call('ZADD', KEYS[3], at, lease)
  redis.call('HSET', KEYS[2], 'tail', at + spacing)
  local keep = math.ceil(at - now) + lease_ms + interval
  for i = 2, 3 do if redis.call('PTTL', KEYS[i]) < keep then redis.call('PEXPIRE', KEYS[i], keep) end end
  return math.ceil(at - now)
end

local slot = tonumber(redis.call('ZSCORE', KEYS[3], lease) or '-1')
if slot > now then return math.ceil(slot - now) end
if slot < 0 and tail > now then return give(1) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
-- A lease of the same name is this very request, started again after its worker died.
redis.call('ZREM', KEYS[1], lease)
if redis.call('ZCARD', KEYS[1]) >= limit or rest > now then return give(spacing) end
if last + interval > now then
  -- Too soon, because the one before was late: its own moment moves, not that of all others.
  redis.call('ZADD', KEYS[3], last + interval, lease)
  if tail < last + interval + spacing then redis.call('HSET', KEYS[2], 'tail', last + interval + spacing) end
  if redis.call('PTTL', KEYS[3]) < lease_ms + interval then redis.call('PEXPIRE', KEYS[3], lease_ms + interval) end
  return math.max(1, math.ceil(last + interval - now))
end
if slot >= 0 then redis.call('ZREM', KEYS[3], lease) end
redis.call('ZADD', KEYS[1], now + lease_ms, lease)
redis.call('PEXPIRE', KEYS[1], lease_ms)
if interval > 0 then
  redis.call('HSET', KEYS[2], 'last', now)
  if redis.call('PTTL', KEYS[2]) < interval then redis.call('PEXPIRE', KEYS[2], interval) end
end
return 0

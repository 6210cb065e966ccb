-- Gives a request its turn on a host: at most `limit` at a time, and `intervalMs` between starts, across all workers.
-- A request that must wait is given a moment of its own, so that those who wait do not all come back for the next one.
-- KEYS  leases: zset lease → expiry
--       pace: hash: last start, tail = first moment not given away, rest = until when the host is not to be asked,
--       at = time of the last change
--       slots: zset lease → moment given
-- ARGV  lease: name of the request
--       now: epoch ms
--       limit: requests at a time
--       intervalMs: between two starts
--       leaseMs: how long a turn is held before it is renewed
--       patienceMs: longest rest that is waited for; negative: a person asks, and the host's rest is passed over
-- Returns 0 when the request may start now (the lease is held); n > 0: come back in n ms (a moment is kept);
--         n < 0: the host rests for -n ms, longer than patience (nothing is kept).
local lease, now, limit = args.lease, tonumber(args.now), tonumber(args.limit)
local interval, lease_ms, patience = tonumber(args.intervalMs), tonumber(args.leaseMs), tonumber(args.patienceMs)
local pace = redis.call('HMGET', keys.pace, 'last', 'tail', 'rest', 'at')
-- Noted at a time that lies ahead, further than clocks of machines differ: the clock was set back, and moments and leases
-- of before would hold the host up for as long.
if tonumber(pace[4] or '0') > now + 60000 then
  redis.call('DEL', keys.leases, keys.pace, keys.slots)
  pace = {}
end
local last, tail, rest = tonumber(pace[1] or '-1e15'), tonumber(pace[2] or '0'), tonumber(pace[3] or '0')
if patience < 0 then rest = 0 elseif rest - now > patience then
  redis.call('ZREM', keys.slots, lease)
  return -math.ceil(rest - now)
end

-- Moments lie a little further apart than starts must: one that is taken late must not spoil the next.
local spacing = math.max(40, interval + math.min(25, interval / 20))
local function give(least)
  local at = math.max(tail, last + interval, rest, now + least)
  redis.call('ZADD', keys.slots, at, lease)
  redis.call('HSET', keys.pace, 'tail', at + spacing, 'at', now)
  local keep = math.ceil(at - now) + lease_ms + interval
  for _, key in ipairs({ keys.pace, keys.slots }) do
    if redis.call('PTTL', key) < keep then redis.call('PEXPIRE', key, keep) end
  end
  return math.ceil(at - now)
end

local slot = tonumber(redis.call('ZSCORE', keys.slots, lease) or '-1')
if slot > now then return math.ceil(slot - now) end
if slot < 0 and tail > now then return give(1) end
redis.call('ZREMRANGEBYSCORE', keys.leases, '-inf', now)
-- A lease of the same name is this very request, started again after its worker died.
redis.call('ZREM', keys.leases, lease)
if redis.call('ZCARD', keys.leases) >= limit or rest > now then return give(spacing) end
if last + interval > now then
  -- Too soon, because the one before was late: its own moment moves, not that of all others.
  redis.call('ZADD', keys.slots, last + interval, lease)
  if tail < last + interval + spacing then redis.call('HSET', keys.pace, 'tail', last + interval + spacing) end
  if redis.call('PTTL', keys.slots) < lease_ms + interval then redis.call('PEXPIRE', keys.slots, lease_ms + interval) end
  return math.max(1, math.ceil(last + interval - now))
end
if slot >= 0 then redis.call('ZREM', keys.slots, lease) end
redis.call('ZADD', keys.leases, now + lease_ms, lease)
redis.call('PEXPIRE', keys.leases, lease_ms)
if interval > 0 then
  redis.call('HSET', keys.pace, 'last', now, 'at', now)
  if redis.call('PTTL', keys.pace) < interval then redis.call('PEXPIRE', keys.pace, interval) end
end
return 0

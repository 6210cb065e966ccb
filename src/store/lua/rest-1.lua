-- Lets a host rest until a moment, unless it rests for longer already.
-- KEYS  pace: hash of the host's pace (see pace-3.lua)
-- ARGV  ends: epoch ms at which the rest ends
--       now: epoch ms
--       keepMs: how long the hash must be kept for that
-- Returns 1, or 0 where a rest that ends no earlier stands there.
if tonumber(redis.call('HGET', keys.pace, 'rest') or '0') >= tonumber(args.ends) then return 0 end
redis.call('HSET', keys.pace, 'rest', args.ends, 'at', args.now)
if redis.call('PTTL', keys.pace) < tonumber(args.keepMs) then redis.call('PEXPIRE', keys.pace, args.keepMs) end
return 1

-- Takes a lock that ends by itself, also over one that lasts longer than any is taken for: the clock was set back since.
-- KEYS  lock: string
-- ARGV  token: of the one who takes it
--       ttlMs: how long it lasts
-- Returns 1 where it is taken, 0 where another has it.
local left, most = redis.call('PTTL', keys.lock), tonumber(args.ttlMs)
if left ~= -2 and left <= 2 * most and left ~= -1 then return 0 end
redis.call('SET', keys.lock, args.token, 'PX', most)
return 1

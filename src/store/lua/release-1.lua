-- Gives a lock back, unless it ran out and another process took it.
-- KEYS  lock: string, the token of the process that holds it
-- ARGV  token: the token it was taken with
-- Returns 1, or 0 where another process holds the lock, or none does.
if redis.call('GET', keys.lock) ~= args.token then return 0 end
return redis.call('DEL', keys.lock)

-- Marks a source anew, and reads what a poll begins with.
-- KEYS  source: hash of the source
--       unreached: set of the hosts that could not be reached
-- ARGV  mark: the new one
-- Returns {state, or nothing; 1 where a host could not be reached, else 0}.
local state = redis.call('HGET', keys.source, 'state')
redis.call('HSET', keys.source, 'mark', args.mark)
return { state, redis.call('EXISTS', keys.unreached) }

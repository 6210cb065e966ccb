-- Takes a story off the list of those that were committed by another config, unless it was put there again.
-- KEYS  misplaced: hash of story id → version in which it was committed so
-- ARGV  story: its id
--       version: as it was read
-- Returns 1 where it was taken off, 0 where not.
if redis.call('HGET', keys.misplaced, args.story) ~= args.version then return 0 end
return redis.call('HDEL', keys.misplaced, args.story)

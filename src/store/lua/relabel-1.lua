-- Gives an entry to another source, unless it was committed anew since it was read.
-- KEYS  entry: hash of the entry
-- ARGV  before: the packed entry as it was read
--       entry: the packed entry with its new source
--       raw: its raw item, packed against that; empty: there is none
--       source: id of the new source
-- Returns 1, or 0 where it was committed anew or is gone.
if redis.call('HGET', keys.entry, 'e') ~= args.before then return 0 end
redis.call('HSET', keys.entry, 'e', args.entry, 'o', args.source)
if args.raw ~= '' then redis.call('HSET', keys.entry, 'r', args.raw) end
return 1

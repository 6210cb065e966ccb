-- Writes a source's state, or another where Redis no longer holds the mark that was made before: it restarted, and lost it.
-- KEYS  source: hash of the source
-- ARGV  mark: what stood there last; empty: nothing is asked
--       state: JSON
--       otherwise: JSON of the state where the mark is another; empty: nothing is written then
-- Returns 1 where the mark stands, 0 where not.
if args.mark == '' or redis.call('HGET', keys.source, 'mark') == args.mark then
  redis.call('HSET', keys.source, 'state', args.state)
  return 1
end
if args.otherwise ~= '' then redis.call('HSET', keys.source, 'state', args.otherwise) end
return 0

-- Writes a source's state; without its validators where Redis no longer holds the mark that was made before: it restarted,
-- and lost it.
-- KEYS  source: hash of the source
-- ARGV  mark: what stood there last; empty: nothing is asked
--       state: JSON object, all fields but the validators
--       validators: JSON, written where the mark stands
--       otherwise: JSON, written in their place where the mark is another; empty: the state is not written then
-- Returns 1 where the mark stands, 0 where not.
local stands = args.mark == '' or redis.call('HGET', keys.source, 'mark') == args.mark
local validators = stands and args.validators or args.otherwise
if validators ~= '' then
  redis.call('HSET', keys.source, 'state', '{"validators":' .. validators .. ',' .. string.sub(args.state, 2))
end
return stands and 1 or 0

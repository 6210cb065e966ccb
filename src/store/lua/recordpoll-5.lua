-- Writes what a poll leaves: the source's state, the poll itself, the day's figures, when the source is due, the turn's end.
-- KEYS  source: hash of the source
--       polls: list of its polls
--       figures: hash of the day's figures
--       due: zset of what comes due
--       leases: zset of the turns on the host
-- ARGV  mark: see includes/remember.lua
--       state: JSON object, all fields but the validators
--       validators: JSON
--       otherwise: JSON, in place of the validators where the mark is another
--       poll: JSON of the poll
--       keep: polls that are kept
--       id: the source's
--       counts: fields of the figures that count one up, one blank between them
--       keepSeconds: how long the figures are kept
--       due: epoch ms; 'never'; empty: as it stands
--       lease: of the turn that ends; empty: none
-- Returns 1 where the mark stands, 0 where not.
-- @include remember
local stands = remember(keys.source, args.mark, args.state, args.validators, args.otherwise)
redis.call('LPUSH', keys.polls, args.poll)
redis.call('LTRIM', keys.polls, 0, args.keep - 1)
for field in string.gmatch(args.counts, '%S+') do redis.call('HINCRBY', keys.figures, field, 1) end
if args.counts ~= '' then redis.call('EXPIRE', keys.figures, args.keepSeconds) end
if args.due == 'never' then redis.call('ZREM', keys.due, args.id)
elseif args.due ~= '' then redis.call('ZADD', keys.due, args.due, args.id) end
if args.lease ~= '' then redis.call('ZREM', keys.leases, args.lease) end
return stands and 1 or 0

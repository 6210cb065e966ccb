-- Notes once that a story could not be published in an edition: a row of the ledger on its lead entry.
-- KEYS  entry: hash of the lead entry
--       note: string, the reason that was noted last
--       ledger: stream of decisions
-- ARGV  control: JSON {noteMs} with what ledger.lua reads
--       reason: why it was left out
--       row: row of the ledger
--       line: its line in the index, without its id
-- Returns 1, or 0 where this reason is noted already.
-- @include ledger
local c = cjson.decode(args.control)
if redis.call('GET', keys.note) == args.reason then return 0 end
redis.call('SET', keys.note, args.reason, 'PX', c.noteMs)
local row = record(c, keys.ledger, args.row, args.line)
if redis.call('EXISTS', keys.entry) == 1 then list_row(keys.entry, row) end
return 1

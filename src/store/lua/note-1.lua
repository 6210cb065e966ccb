-- Appends a row to the ledger that belongs to no stored entry.
-- KEYS  ledger: stream of decisions
-- ARGV  control: JSON with what ledger.lua reads
--       row: row of the ledger
--       line: its line in the index, without its id
-- Returns the row's id.
-- @include ledger
return record(cjson.decode(args.control), keys.ledger, args.row, args.line)

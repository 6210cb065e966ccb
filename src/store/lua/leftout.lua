-- Notes once that a story could not be published in an edition: a row of the ledger on its lead entry.
-- KEYS  1 entry  2 note  3 ledger
-- ARGV  1 control (JSON: what ledger.lua reads, noteMs)  2 reason  3 ledger row  4 its line in the index, without its id
local c = cjson.decode(ARGV[1])
if redis.call('GET', KEYS[2]) == ARGV[2] then return 0 end
redis.call('SET', KEYS[2], ARGV[2], 'PX', c.noteMs)
local row = record(c, KEYS[3], ARGV[3], ARGV[4])
if redis.call('EXISTS', KEYS[1]) == 1 then list_row(KEYS[1], row) end
return 1

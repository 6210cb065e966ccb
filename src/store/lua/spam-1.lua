-- Adds marks to a source's line of marks, of which the newest are kept.
-- KEYS  spam: hash source → line of 0 and 1, one for each of its last entries, newest last
-- ARGV  source: id of the source
--       marks: 0 and 1, one for each new entry
--       most: marks that are kept
-- Returns the length of the line.
local line = string.sub((redis.call('HGET', keys.spam, args.source) or '') .. args.marks, -tonumber(args.most))
redis.call('HSET', keys.spam, args.source, line)
return #line

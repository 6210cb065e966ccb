-- Tells which sources lead some of an edition's stories, newest first.
-- KEYS  edition: zset of the edition's stories
-- ARGV  control: JSON {storyPrefix, since (lowest order time), offset, count}
-- Returns {id of a story, source of its lead} in turn.
-- @include leadsource
local c = cjson.decode(args.control)
local rows = {}
for _, id in ipairs(redis.call('ZREVRANGEBYSCORE', keys.edition, '+inf', c.since, 'LIMIT', c.offset, c.count)) do
  rows[#rows + 1], rows[#rows + 2] = id, source_of(c, id)
end
return rows

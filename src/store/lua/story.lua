-- Replaces or removes one story, with its places in the editions, unless it changed since it was read.
-- KEYS  1 story  2 stories  3 revisions
-- ARGV  1 control {story, expect, order, editions, left, editionPrefix, remove}  2 story without version
-- Returns 'ok' or 'retry'.
local c = cjson.decode(ARGV[1])
if tonumber(redis.call('HGET', KEYS[1], 'v') or '0') ~= c.expect then return 'retry' end
if c.remove then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], c.story)
else
  redis.call('HSET', KEYS[1], 'v', c.expect + 1, 'j', ARGV[2])
  redis.call('ZADD', KEYS[2], c.order, c.story)
end
for _, edition in ipairs(c.editions) do
  redis.call('ZADD', c.editionPrefix .. edition, c.order, c.story)
  redis.call('HINCRBY', KEYS[3], edition, 1)
end
for _, edition in ipairs(c.left) do
  redis.call('ZREM', c.editionPrefix .. edition, c.story)
  redis.call('HINCRBY', KEYS[3], edition, 1)
end
return 'ok'

-- Replaces or removes one story, with its places in the editions, unless it changed since it was read.
-- KEYS  story: hash of the story
--       stories: zset of all stories
--       revisions: hash of the editions' revisions
-- ARGV  control: JSON {story, expect, order, editions, facets, left, remove} with the prefixes that editions.lua reads
--       json: the story without its version
-- Returns 'ok', or 'retry' where the story is not at version `expect` any more.
-- @include editions
local c = cjson.decode(args.control)
if version_of(keys.story) ~= c.expect then return 'retry' end
local touched = {}
if c.remove then
  forget_narrowing(c, c.story)
  redis.call('DEL', keys.story)
  redis.call('ZREM', keys.stories, c.story)
else
  redis.call('HSET', keys.story, 'v', c.expect + 1, 'j', args.json)
  place(c, keys.stories, c.story, c.order, c.editions, c.facets, touched)
end
leave(c, c.story, c.left, touched)
bump(keys.revisions, touched)
return 'ok'

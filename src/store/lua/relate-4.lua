-- Notes that two stories tell of one event, for each what it says of the other.
-- KEYS  one: hash of the first story's relations
--       other: hash of the second's
--       revisions: hash of the editions' revisions
--       unannounced: hash of how many of the editions' revisions are told to no subscriber
-- ARGV  control: JSON {one, other (ids), most (relations that a story keeps), keepMs,
--       editionPrefix}
--       why: what the first says of the second
--       back: what the second says of the first
-- Returns how many of the two took it: a story that has `most` relations takes no further one. A new one is a change of the
-- editions that show the story; it is no news, and told to no subscriber.
-- @include editions
local c = cjson.decode(args.control)
local touched = {}
local function link(key, story, other, json)
  local is_new = redis.call('HEXISTS', key, other) == 0
  if is_new and redis.call('HLEN', key) >= c.most then return 0 end
  redis.call('HSET', key, other, json)
  redis.call('PEXPIRE', key, c.keepMs)
  if is_new then
    for _, edition in ipairs(redis.call('HKEYS', keys.revisions)) do
      if redis.call('ZSCORE', c.editionPrefix .. edition, story) then touched[edition] = true end
    end
  end
  return 1
end
local took = link(keys.one, c.one, c.other, args.why) + link(keys.other, c.other, c.one, args.back)
bump(keys.revisions, touched)
bump(keys.unannounced, touched)
return took

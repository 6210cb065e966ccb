-- Keeps a body that a hub sent, and its place in the source's queue, unless too many wait there.
-- KEYS  body: hash of the body
--       inbox: list of the ids of bodies that wait, oldest first
--       source: hash of the source
-- ARGV  id: id of the body
--       contentType: its Content-Type
--       body: its bytes
--       most: bodies that may wait
--       keepSeconds: how long it is kept
-- Returns 1, or 0 where as many wait as may.
if redis.call('LLEN', keys.inbox) >= tonumber(args.most) then return 0 end
redis.call('HSET', keys.body, 'contentType', args.contentType, 'body', args.body,
  'whole', redis.call('HGET', keys.source, 'whole') or '0')
redis.call('EXPIRE', keys.body, args.keepSeconds)
redis.call('RPUSH', keys.inbox, args.id)
redis.call('EXPIRE', keys.inbox, args.keepSeconds)
return 1

-- Changes a following, and when it is looked at next, where its callback is still the one that is meant: the
-- subscription may have been left, or another one made, meanwhile.
-- KEYS  following: hash of the following
--       looks: zset source → when its following is looked at next
-- ARGV  callback: the callback that is meant
--       source: id of the source
--       lookAt: epoch ms of the next look
--       fields: JSON object of the fields to set
-- Returns 1, or 0 where another callback stands there or none.
if redis.call('HGET', keys.following, 'callback') ~= args.callback then return 0 end
for name, value in pairs(cjson.decode(args.fields)) do redis.call('HSET', keys.following, name, value) end
redis.call('ZADD', keys.looks, args.lookAt, args.source)
return 1

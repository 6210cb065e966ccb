-- Puts a subscription in force, or renews it, unless one of the groups that it counts in is full. A renewal has room.
-- KEYS  subscription: string, JSON of the subscription
--       topics: hash topic → edition
--       distributed: hash topic → announced revision that was distributed last
--       narrowed: zset of the narrowed topics → end of their last lease
--       revisions: hash of the editions' revisions
--       unannounced: hash of how many of them are told to no subscriber
--       more: zsets subscription id → end of its lease, of the groups
-- ARGV  id: id of the subscription
--       json: the subscription
--       now: epoch ms
--       expiresAt: end of its lease
--       topic: address of the topic
--       edition: id of its edition
--       most: JSON list: what each of the groups takes
--       mostNarrowed: narrowed topics that are taken; negative: the topic is none
--       topicPrefix: beginning of the zsets of the topics' subscriptions
--       save: 1, or 0 to ask only
-- Returns 0; n > 0 where the n-th group is full; -1 where there are too many narrowed topics.
local now, ends, most_narrowed = tonumber(args.now), tonumber(args.expiresAt), tonumber(args.mostNarrowed)
if redis.call('EXISTS', keys.subscription) == 0 then
  for i, most in ipairs(cjson.decode(args.most)) do
    redis.call('ZREMRANGEBYSCORE', more[i], '-inf', now)
    if redis.call('ZCARD', more[i]) >= most then return i end
  end
  if most_narrowed >= 0 and not redis.call('ZSCORE', keys.narrowed, args.topic) then
    redis.call('ZREMRANGEBYSCORE', keys.narrowed, '-inf', now)
    if redis.call('ZCARD', keys.narrowed) >= most_narrowed then
      -- Topics that their last subscriber left before its lease ended.
      for _, topic in ipairs(redis.call('ZRANGE', keys.narrowed, 0, -1)) do
        if redis.call('ZCOUNT', args.topicPrefix .. topic, '(' .. now, '+inf') == 0 then
          redis.call('ZREM', keys.narrowed, topic)
        end
      end
      if redis.call('ZCARD', keys.narrowed) >= most_narrowed then return -1 end
    end
  end
end
if args.save == '0' then return 0 end

redis.call('SET', keys.subscription, args.json, 'PXAT', ends)
for _, group in ipairs(more) do
  redis.call('ZADD', group, ends, args.id)
  if redis.call('PTTL', group) < ends - now then redis.call('PEXPIREAT', group, ends) end
end
redis.call('HSET', keys.topics, args.topic, args.edition)
local function count_in(hash) return tonumber(redis.call('HGET', hash, args.edition) or '0') end
redis.call('HSETNX', keys.distributed, args.topic, count_in(keys.revisions) - count_in(keys.unannounced))
if most_narrowed >= 0 then redis.call('ZADD', keys.narrowed, 'GT', ends, args.topic) end
return 0

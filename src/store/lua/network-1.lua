-- Notes whether a host could be reached, and finds out from hosts that fail one after the other that the network is away.
-- KEYS  unreached: zset 'host source' → when it could not be reached, since any could
-- ARGV  host: the host that was asked
--       source: id of the source
--       now: epoch ms
--       reached: 1 or 0
--       least: so many hosts that fail, and none that answers, are the network and not their publishers
--       keepMs: failures that are older count no more
-- Returns {1 where the network is away (before this answer, where it is one), or 0; ids of the sources that found it away}.
local hosts, count, sources = {}, 0, {}
redis.call('ZREMRANGEBYSCORE', keys.unreached, '-inf', tonumber(args.now) - tonumber(args.keepMs))
if args.reached == '0' then
  redis.call('ZADD', keys.unreached, args.now, args.host .. ' ' .. args.source)
  redis.call('PEXPIRE', keys.unreached, args.keepMs)
end
for _, row in ipairs(redis.call('ZRANGE', keys.unreached, 0, -1)) do
  local host, source = string.match(row, '^(%S+) (.*)$')
  if not hosts[host] then
    hosts[host] = true
    count = count + 1
  end
  sources[#sources + 1] = source
end
local away = count >= tonumber(args.least) and 1 or 0
if args.reached == '1' then
  if count > 0 then redis.call('DEL', keys.unreached) end
  return { away, away == 1 and sources or {} }
end
return { away, {} }

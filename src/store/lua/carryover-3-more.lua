-- Carries what is kept of a source under one id over to another, at once; what stands there under the other one stays.
-- KEYS  spam: hash source → marks of its last entries
--       due: zset source → when it is due
--       leaving: zset of sources of which all is to be taken out
--       more: pairs of keys, of the first id and of the other; then hashes of the figures of days
-- ARGV  from: the first id
--       to: the other id
--       pairs: how many pairs there are
--       figures: JSON list of the names of figures
-- Returns how many keys and fields were carried over.
local carried = 0
local function merge(from, to)
  local kind = redis.call('TYPE', from).ok
  if kind == 'none' then return end
  carried = carried + 1
  if redis.call('EXISTS', to) == 0 then
    redis.call('RENAME', from, to)
    return
  end
  if kind == 'hash' then
    local fields = redis.call('HGETALL', from)
    for i = 1, #fields, 2 do redis.call('HSETNX', to, fields[i], fields[i + 1]) end
  elseif kind == 'set' then
    for _, member in ipairs(redis.call('SMEMBERS', from)) do redis.call('SADD', to, member) end
  elseif kind == 'list' then
    for _, row in ipairs(redis.call('LRANGE', from, 0, -1)) do redis.call('RPUSH', to, row) end
  end
  redis.call('DEL', from)
end
local pairs_end = 2 * tonumber(args.pairs)
for i = 1, pairs_end, 2 do merge(more[i], more[i + 1]) end
for i = pairs_end + 1, #more do
  for _, name in ipairs(cjson.decode(args.figures)) do
    local field = args.from .. '|' .. name
    local count = redis.call('HGET', more[i], field)
    if count then
      redis.call('HINCRBY', more[i], args.to .. '|' .. name, count)
      redis.call('HDEL', more[i], field)
      carried = carried + 1
    end
  end
end
local marks = redis.call('HGET', keys.spam, args.from)
if marks then
  redis.call('HSETNX', keys.spam, args.to, marks)
  redis.call('HDEL', keys.spam, args.from)
  carried = carried + 1
end
redis.call('ZREM', keys.due, args.from)
redis.call('ZREM', keys.leaving, args.from)
return carried

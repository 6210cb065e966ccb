-- Tells of entries whose they are and what they take.
-- ARGV  control: JSON {entryPrefix, entries (ids)}
-- Returns one list {source, bytes} an entry; the source is '' where an older version did not note it.
local c = cjson.decode(args.control)
local rows = {}
for i, id in ipairs(c.entries) do
  local bytes = 0
  for _, field in ipairs({ 'e', 'r', 'v', 'x' }) do bytes = bytes + redis.call('HSTRLEN', c.entryPrefix .. id, field) end
  rows[i] = { redis.call('HGET', c.entryPrefix .. id, 'o') or '', bytes }
end
return rows

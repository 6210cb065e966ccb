-- Tells of entries whose they are and what they take.
-- ARGV  control: JSON {entryPrefix, entries (ids)}
-- Returns one list {source, bytes} an entry; the source is '' where an older version did not note it.
-- @include fields
local c = cjson.decode(args.control)
local rows = {}
for i, id in ipairs(c.entries) do
  local bytes = 0
  local source = fields_of(c.entryPrefix .. id, 'o')[1]
  for _, field in ipairs({ 'e', 'r', 'v', 'x' }) do
    local length = redis.pcall('HSTRLEN', c.entryPrefix .. id, field)
    bytes = bytes + (type(length) == 'number' and length or 0)
  end
  rows[i] = { source or '', bytes }
end
return rows

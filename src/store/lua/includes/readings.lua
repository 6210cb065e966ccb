-- Shared: which version of an item is the newest. Each document that was read of a source has a number; `offered` tells
-- of items on their way as what they were read last ('<number> <mark>'), field 'n' of an entry when it was read so.

-- The number of the reading that an item as `mark` belongs to; nil where its publisher has said something else since.
-- `known`: that of the stored entry, its field 'n'; false where there is none. `reading`: the number that its job carries;
-- nil of jobs of versions before 0.3. Then whether it stands among the offered.
local function reading_of(offered, known, id, mark, reading)
  local number, newest = string.match(redis.call('HGET', offered, id) or '', '^(%d+) (.*)$')
  if number then return newest == mark and tonumber(number) or nil, true end
  known = tonumber(known or '0')
  if reading and reading < known then return nil, false end
  return reading or known, false
end

-- What was on its way is stored.
local function settle(offered, entry, id, reading)
  redis.call('HDEL', offered, id)
  if redis.call('EXISTS', entry) == 1 then redis.call('HSET', entry, 'n', reading) end
end

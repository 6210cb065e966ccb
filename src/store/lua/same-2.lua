-- Notes items as seen that say what is stored of them, unless their publisher has said something else since.
-- KEYS  seen: hash of the source's seen items
--       offered: hash of its items on their way
-- ARGV  control: JSON {entryPrefix, reading (number of the reading; absent of older jobs), items ([id, mark])}
-- Returns how many were noted.
-- @include readings
local c = cjson.decode(args.control)
local noted = 0
for _, one in ipairs(c.items) do
  local id, mark = one[1], one[2]
  local entry = c.entryPrefix .. id
  local reading = reading_of(keys.offered, redis.call('HGET', entry, 'n'), id, mark, c.reading)
  if reading then
    noted = noted + 1
    redis.call('HSET', keys.seen, id, mark)
    settle(keys.offered, entry, id, reading)
  end
end
return noted

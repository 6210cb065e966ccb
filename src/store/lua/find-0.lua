-- Finds the entries that share fingerprint keys with one, those first that share rare keys or many.
-- ARGV  control: JSON {keys, generations (newest first), postings, entryNames, entryPrefix, storyPrefix, entry, since, most}
-- Returns {newest reference under each key, one list {entry, story, stored at, evidence, stories kept apart} a candidate,
-- how many stand under each key}.
-- @include postings
-- @include fields
local c = cjson.decode(args.control)
local tops, counts, weights, references = {}, {}, {}, {}
for i, key in ipairs(c.keys) do
  local found, top = {}, 0
  for _, generation in ipairs(c.generations) do
    local hash, field = place_of(c, generation, key)
    local value = redis.call('HGET', hash, field)
    top = math.max(top, newest_of(value))
    for from = value and #value - WIDTH + 1 or 0, 1, -WIDTH do found[#found + 1] = reference_at(value, from) end
  end
  tops[i] = top
  counts[i] = #found
  for _, reference in ipairs(found) do
    if not weights[reference] then
      weights[reference] = 0
      references[#references + 1] = reference
    end
    weights[reference] = weights[reference] + 1 / #found
  end
end
table.sort(references, function(a, b)
  if weights[a] ~= weights[b] then return weights[a] > weights[b] end
  return a > b
end)

local rows, met = {}, { [c.entry] = true }
for _, reference in ipairs(references) do
  if #rows == c.most then break end
  local entry = entry_of(c, reference)
  if entry and not met[entry] then
    met[entry] = true
    local stored = fields_of(c.entryPrefix .. entry, 's', 'at', 'v')
    if stored[1] and stored[3] and (tonumber(stored[2]) or 0) >= c.since then
      local story = fields_of(c.storyPrefix .. stored[1], 'v', 'a')
      if story[1] then rows[#rows + 1] = { entry, stored[1], stored[2], stored[3], story[2] or '' } end
    end
  end
end
return { tops, rows, counts }

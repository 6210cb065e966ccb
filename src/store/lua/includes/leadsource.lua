-- Shared: the source of a story's lead. c.storyPrefix: how the names of stories' hashes begin.
-- @include fields

local function read_lead_source(c, id)
  local json = fields_of(c.storyPrefix .. id, 'j')[1] or ''
  -- A member is written with its entry and its source first; decoding a page of stories takes many times as long.
  local lead = string.match(json, '"lead":"([^"\\]*)"')
  local member = lead and '"entry":"' .. lead .. '","source":"'
  local _, last = string.find(json, member or '"', 1, true)
  if member and last then return string.match(json, '^[^"\\]*', last + 1) end
  local whole, story = pcall(cjson.decode, json)
  if not whole or type(story) ~= 'table' or type(story.copies) ~= 'table' then return '' end
  for _, copy in ipairs(story.copies) do if copy.entry == story.lead then return copy.source end end
  return ''
end

-- Reading it from a story takes ten times as long as from a field of its own, which holds for the story's version.
local function source_of(c, id)
  local key = c.storyPrefix .. id
  local known = fields_of(key, 'v', 'o')
  if not known[1] then return '' end
  local version, source = string.match(known[2] or '', '^(%d+) (.*)$')
  if version == known[1] then return source end
  source = read_lead_source(c, id)
  redis.call('HSET', key, 'o', known[1] .. ' ' .. source)
  return source
end

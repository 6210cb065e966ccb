-- Chooses the first page of an edition: its newest stories, so many led by one source, and more where others do not fill it.
-- KEYS  edition: zset of the edition's stories
-- ARGV  control: JSON {storyPrefix, since, limit (stories), most (of one source), scan (stories looked at)}
-- Returns {ids of the page, newest first; order time and id of the story that the next page comes after, or nothing}.
local c = cjson.decode(args.control)

local function read_source(id)
  local json = redis.call('HGET', c.storyPrefix .. id, 'j') or ''
  -- A member is written with its entry and its source first; decoding a page of stories takes many times as long.
  local lead = string.match(json, '"lead":"([^"\\]*)"')
  local member = lead and '"entry":"' .. lead .. '","source":"'
  local _, last = string.find(json, member or '"', 1, true)
  if member and last then return string.match(json, '^[^"\\]*', last + 1) end
  local story = cjson.decode(json)
  for _, copy in ipairs(story.copies) do if copy.entry == story.lead then return copy.source end end
  return ''
end

-- Reading it from a story takes ten times as long as from a field of its own, which holds for the story's version.
local function source_of(id)
  local key = c.storyPrefix .. id
  local known = redis.call('HMGET', key, 'v', 'o')
  if not known[1] then return '' end
  local version, source = string.match(known[2] or '', '^(%d+) (.*)$')
  if version == known[1] then return source end
  source = read_source(id)
  redis.call('HSET', key, 'o', known[1] .. ' ' .. source)
  return source
end

local ids, scores, chosen, waiting, counts, count, total = {}, {}, {}, {}, {}, 0, 0
while count <= c.limit and total < c.scan do
  local rows = redis.call('ZREVRANGEBYSCORE', keys.edition, '+inf', c.since, 'WITHSCORES', 'LIMIT', total, 200)
  if #rows == 0 then break end
  for i = 1, #rows, 2 do
    total = total + 1
    ids[total], scores[total] = rows[i], rows[i + 1]
    local source = source_of(rows[i])
    counts[source] = (counts[source] or 0) + 1
    if counts[source] <= c.most then
      count = count + 1
      -- One more than fits says that there is another page.
      if count > c.limit then break end
      chosen[total] = true
    else
      waiting[#waiting + 1] = total
    end
  end
end
for _, place in ipairs(waiting) do
  if count >= c.limit then break end
  chosen[place] = true
  count = count + 1
end

local page, before = {}, nil
for place = 1, total do
  if chosen[place] then page[#page + 1] = ids[place]
  elseif not before and place > 1 then before = place - 1 end
end
if not before then return { page } end
return { page, scores[before], ids[before] }

-- Chooses the first page of an edition: its newest stories, so many led by one source, and more where others do not fill it.
-- KEYS  edition: zset of the edition's stories
-- ARGV  control: JSON {storyPrefix, since, limit (stories), most (of one source), scan (stories looked at)}
-- Returns {ids of the page, newest first; order time and id of the story that the next page comes after, or nothing}.
-- @include leadsource
local c = cjson.decode(args.control)

local ids, scores, chosen, waiting, counts, count, total = {}, {}, {}, {}, {}, 0, 0
while count <= c.limit and total < c.scan do
  local rows = redis.call('ZREVRANGEBYSCORE', keys.edition, '+inf', c.since, 'WITHSCORES', 'LIMIT', total, 200)
  if #rows == 0 then break end
  for i = 1, #rows, 2 do
    total = total + 1
    ids[total], scores[total] = rows[i], rows[i + 1]
    local source = source_of(c, rows[i])
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

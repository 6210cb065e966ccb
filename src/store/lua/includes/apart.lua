-- Shared: a story's field 'a' names the stories that an operator parted from it, one blank between them.
local function apart_of(prefix, id)
  local set = {}
  for other in string.gmatch(redis.call('HGET', prefix .. id, 'a') or '', '%S+') do set[other] = true end
  return set
end

local function set_apart(prefix, id, set)
  local others = {}
  for other in pairs(set) do others[#others + 1] = other end
  table.sort(others)
  if #others == 0 then redis.call('HDEL', prefix .. id, 'a')
  else redis.call('HSET', prefix .. id, 'a', table.concat(others, ' ')) end
end

local function part(prefix, one, other)
  for _, pair in ipairs({ { one, other }, { other, one } }) do
    local set = apart_of(prefix, pair[1])
    set[pair[2]] = true
    set_apart(prefix, pair[1], set)
  end
end

-- What was parted from a story that ends is parted from the one it becomes part of.
local function inherit_apart(prefix, into, gone)
  local set = apart_of(prefix, into)
  set[gone] = nil
  for other in pairs(apart_of(prefix, gone)) do
    if other ~= into and redis.call('EXISTS', prefix .. other) == 1 then
      set[other] = true
      local theirs = apart_of(prefix, other)
      theirs[gone] = nil
      theirs[into] = true
      set_apart(prefix, other, theirs)
    end
  end
  set_apart(prefix, into, set)
end

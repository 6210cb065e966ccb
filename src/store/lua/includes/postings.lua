-- Shared: where an entry stands under its fingerprint keys. What c holds: see postingControl in entries/postings.ts.
-- A key is posted in a generation, which is a stretch of time. Its postings are one field of a hash: c.postings, the
-- generation, ':' and two characters of the key's tag name the hash, the rest names the field. So the hash stays a
-- listpack (hash-max-listpack-entries, -value) and a posting takes some 16 bytes, where a key of its own takes 176.
-- The field's value is the newest entries under the key as references of 5 bytes, oldest first.
-- c.entryNames and the reference / 128 name the hash that tells the entry's id.
local WIDTH, MOST, STRETCH = 5, 12, 128

local function place_of(c, generation, key)
  return c.postings .. generation .. ':' .. string.sub(key, 2, 3), string.sub(key, 1, 1) .. string.sub(key, 4)
end

local function reference_at(value, from)
  return (struct.unpack('>I5', string.sub(value, from, from + WIDTH - 1)))
end

local function newest_of(value)
  return value and reference_at(value, #value - WIDTH + 1) or 0
end

local function is_full(value)
  return value and #value >= MOST * WIDTH
end

local function entry_of(c, reference)
  return redis.call('HGET', c.entryNames .. math.floor(reference / STRETCH), reference % STRETCH)
end

-- Takes the entry out of the places under a key where it stood before its publisher changed it.
local function unpost(c, key)
  for _, generation in ipairs(c.generations) do
    local hash, field = place_of(c, generation, key)
    local value = redis.call('HGET', hash, field)
    local rest = ''
    for from = 1, value and #value or 0, WIDTH do
      if entry_of(c, reference_at(value, from)) ~= c.entry then rest = rest .. string.sub(value, from, from + WIDTH - 1) end
    end
    if value and rest == '' then redis.call('HDEL', hash, field)
    elseif value and #rest < #value then redis.call('HSET', hash, field, rest) end
  end
end

-- Posts the entry under its keys and topics, as the newest; `known`: it may stand there already.
local function post(c, reference, known)
  local names = c.entryNames .. math.floor(reference / STRETCH)
  redis.call('HSET', names, reference % STRETCH, c.entry)
  redis.call('PEXPIRE', names, c.keepMs)
  for _, keys_of in ipairs({ c.keys, c.topics }) do
    for _, key in ipairs(keys_of) do
      if known then unpost(c, key) end
      local hash, field = place_of(c, c.generation, key)
      local value = redis.call('HGET', hash, field) or ''
      redis.call('HSET', hash, field, string.sub(value, -(MOST - 1) * WIDTH) .. struct.pack('>I5', reference))
      redis.call('PEXPIRE', hash, c.keepMs)
    end
  end
end

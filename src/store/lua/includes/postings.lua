-- Shared: where an entry stands under its fingerprint keys. What c holds: see postingControl in entries/keyindex.ts.
-- A key is posted in the last generation: one hash, c.postings and the generation's number. It is written to until it is
-- full; the next one is wider. The list of them, oldest first, stands at c.generations as JSON, each as {number, bits, from
-- (epoch ms), first reference, moments}. A moment, {epoch ms, reference}, tells which reference came first after it.
-- A hash has 2 ^ bits fields, its buckets. A key is {place (24 bits), mark (MARK bytes)}: the first bits of its place number
-- its bucket. There it has a posting of WIDTH bytes for each entry under it, newest last: the mark and a reference.
-- So all keys of an entry are read with one command and written with one, and a posting takes some 20 bytes.
-- c.entryNames and the reference / STRETCH name the hash that tells the entry's id.
local MARK, WIDTH, STRETCH = 5, 10, 128
-- Entries that are kept under a key, and those beyond which it is a key that many share.
local MOST, MANY = 48, 12
local PLACE_BITS, LEAST_BITS, MOST_BITS = 24, 12, 22
-- A quarter of a generation that comes in less time is a burst.
local BURST_MS = 600000

-- `json`: what stands at c.generations.
local function generations_in(json)
  return cjson.decode(json or '[]')
end

local function bucket_of(generation, key)
  return math.floor(key[1] / 2 ^ (PLACE_BITS - generation[2]))
end

-- The buckets of some keys, by number.
local function read_buckets(c, generation, keys_of)
  local buckets, numbers = {}, {}
  for i, key in ipairs(keys_of) do numbers[i] = bucket_of(generation, key) end
  if #numbers == 0 then return buckets end
  local values = redis.call('HMGET', c.postings .. generation[1], unpack(numbers))
  for i, number in ipairs(numbers) do buckets[number] = values[i] or '' end
  return buckets
end

local function write_buckets(c, generation, buckets)
  local fields, gone = {}, {}
  for number, value in pairs(buckets) do
    if value == '' then gone[#gone + 1] = number
    else
      fields[#fields + 1] = number
      fields[#fields + 1] = value
    end
  end
  if #fields > 0 then redis.call('HSET', c.postings .. generation[1], unpack(fields)) end
  if #gone > 0 then redis.call('HDEL', c.postings .. generation[1], unpack(gone)) end
end

-- Where the postings of a mark begin in a bucket, the oldest first.
local function places_in(bucket, mark)
  local places, from = {}, 1
  while true do
    local at = string.find(bucket, mark, from, true)
    if not at then return places end
    -- Bytes of two neighbours may read like a mark.
    if at % WIDTH == 1 then
      places[#places + 1] = at
      from = at + WIDTH
    else
      from = at + 1
    end
  end
end

local function reference_at(bucket, place)
  return (struct.unpack('>I5', string.sub(bucket, place + MARK, place + WIDTH - 1)))
end

local function without(bucket, place)
  return string.sub(bucket, 1, place - 1) .. string.sub(bucket, place + WIDTH)
end

local function entry_of(c, reference)
  return redis.call('HGET', c.entryNames .. math.floor(reference / STRETCH), reference % STRETCH)
end

-- Takes the entry out of the places under its keys where it stood before its publisher changed it.
local function unpost(c, generations, keys_of)
  for _, generation in ipairs(generations) do
    local buckets, changed = read_buckets(c, generation, keys_of), {}
    for _, key in ipairs(keys_of) do
      local number = bucket_of(generation, key)
      local places = places_in(buckets[number], key[2])
      for i = #places, 1, -1 do
        if entry_of(c, reference_at(buckets[number], places[i])) == c.entry then
          buckets[number] = without(buckets[number], places[i])
          changed[number] = buckets[number]
        end
      end
    end
    write_buckets(c, generation, changed)
  end
end

-- A reference before which all are older than the window.
local function oldest_of(c, generations)
  local oldest = 0
  for _, generation in ipairs(generations) do
    if generation[3] < c.now - c.windowMs then oldest = generation[4] end
    for _, moment in ipairs(generation[5] or {}) do
      if moment[1] < c.now - c.windowMs then oldest = moment[2] end
    end
  end
  return oldest
end

-- The bits of a generation that follows `last`, which holds so many entries of the window: for as many as a window brings at
-- the pace of its last quarter. A first poll brings in a minute what then comes in days, so that its pace tells little.
local function bits_after(c, last, reference, entries)
  if not last then return LEAST_BITS end
  local from, first = last[3], last[4]
  for _, moment in ipairs(last[5] or {}) do
    if reference - moment[2] >= entries / 4 then from, first = moment[1], moment[2] end
  end
  local took_ms = math.max(1, math.min(c.now - from, c.windowMs))
  local most = entries * (took_ms < BURST_MS and 16 or 256)
  local wanted = math.min(most, math.max(entries * 2, (reference - first) * c.windowMs / took_ms))
  local bits = LEAST_BITS
  while bits < MOST_BITS and 2 ^ bits < wanted do bits = bits + 1 end
  return bits
end

-- Notes which reference comes now, and forgets the moments that no longer tell anything.
local function note_moment(c, generation, reference)
  local moments = {}
  for i, old in ipairs(generation[5] or {}) do
    local later = generation[5][i + 1]
    if not later or later[1] >= c.now - c.windowMs then moments[#moments + 1] = old end
  end
  moments[#moments + 1] = { c.now, reference }
  generation[5] = moments
end

-- The generation that is written to, whether it begins with this reference, and the oldest reference that counts. It is full
-- at an entry for each bucket: a bucket holds a dozen postings or two then. Those that ended before the window are removed.
local function open_generation(c, generations, reference)
  local last = generations[#generations]
  local oldest = oldest_of(c, generations)
  local entries = last and reference - math.max(last[4], oldest)
  local is_open = last and (entries < 2 ^ last[2] or last[2] == MOST_BITS)
  local moments = last and last[5] or {}
  local noted_at = #moments > 0 and moments[#moments][1] or last and last[3]
  local is_last_quarter = last and reference - last[4] == 2 ^ last[2] * 3 / 4
  if is_open and c.now < noted_at + c.momentMs and not is_last_quarter then return last, false, oldest end
  local kept = {}
  for i, generation in ipairs(generations) do
    local ended = i < #generations and generations[i + 1][3] or c.now
    if ended < c.now - c.windowMs then redis.call('UNLINK', c.postings .. generation[1])
    else kept[#kept + 1] = generation end
  end
  if is_open then
    note_moment(c, last, reference)
    redis.call('PEXPIRE', c.postings .. last[1], c.keepMs)
  else
    last = { last and last[1] + 1 or 1, bits_after(c, last, reference, entries), c.now, reference }
    kept[#kept + 1] = last
  end
  redis.call('SET', c.generations, cjson.encode(kept))
  return last, not is_open, oldest
end

-- Posts the entry under `keys_of`, as the newest. `newest`: the buckets of the last of `generations` for them.
local function post(c, generations, newest, reference, keys_of)
  local names = c.entryNames .. math.floor(reference / STRETCH)
  redis.call('HSET', names, reference % STRETCH, c.entry)
  redis.call('PEXPIRE', names, c.keepMs)
  local generation, begins, oldest = open_generation(c, generations, reference)
  local buckets = begins and {} or newest
  local written = struct.pack('>I5', reference)
  for _, key in ipairs(keys_of) do
    local number = bucket_of(generation, key)
    local bucket = buckets[number] or ''
    while #bucket > 0 and reference_at(bucket, 1) < oldest do bucket = without(bucket, 1) end
    local places = places_in(bucket, key[2])
    if #places >= MOST then bucket = without(bucket, places[1]) end
    buckets[number] = bucket .. key[2] .. written
  end
  write_buckets(c, generation, buckets)
  if begins then redis.call('PEXPIRE', c.postings .. generation[1], c.keepMs) end
end

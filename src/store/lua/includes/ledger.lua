-- Shared: appends a decision's row to the ledger and its line to the ledger's index; gives the row's id.
-- c.ledgerCount, c.shelves, c.shelf, c.shelfBytes, c.reasons: see ledgerControl in ledger/ledgerindex.ts.
local function record(c, ledger, json, line)
  local row = redis.call('XADD', ledger, 'MAXLEN', '~', c.ledgerCount, '*', 'j', json)
  local shelf = redis.call('ZREVRANGE', c.shelves, 0, 0)[1]
  if not shelf or redis.call('STRLEN', c.shelf .. shelf) >= c.shelfBytes then
    -- Shelves that end before the ledger begins go, now and then.
    local first = redis.call('XRANGE', ledger, '-', '+', 'COUNT', 1)[1]
    local begins = first and tonumber(string.match(first[1], '^%d+')) or 0
    for _, old in ipairs(redis.call('ZRANGEBYSCORE', c.shelves, '-inf', '(' .. begins, 'LIMIT', 0, 100)) do
      local after = redis.call('ZRANGE', c.shelves, 1, 1, 'WITHSCORES')
      if not after[2] or tonumber(after[2]) >= begins then break end
      redis.call('DEL', c.shelf .. old)
      redis.call('ZREM', c.shelves, old)
    end
    shelf = row
    redis.call('ZADD', c.shelves, tonumber(string.match(row, '^%d+')), row)
  end
  redis.call('APPEND', c.shelf .. shelf, row .. line)
  -- The last field of the line is the code of the reason.
  local code = string.match(line, '\31([^\31\n]+)\n$')
  if code then redis.call('HINCRBY', c.reasons, code, 1) end
  return row
end

-- Rows that an entry lists: its first, and the newest.
local MOST_ROWS = 60

-- An entry's list of rows, its field 'l', with one more; `rows`: false where it has none.
local function listed(rows, row)
  if not rows then return row end
  local _, commas = string.gsub(rows, ',', '')
  -- The list has one row more than commas, and takes one.
  for _ = MOST_ROWS - 1, commas do rows = string.gsub(rows, ',[^,]*', '', 1) end
  return rows .. ',' .. row
end

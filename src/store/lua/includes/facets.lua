-- Shared: whether a story stands in one set at least of each group, but for the group `aside`.
local function in_each(groups, id, aside)
  for i, group in ipairs(groups) do
    local is_in = i == aside
    for _, key in ipairs(group) do
      if is_in then break end
      is_in = redis.call('ZSCORE', key, id)
    end
    if not is_in then return false end
  end
  return true
end

-- Shared: writes a source's state; without its validators where Redis no longer holds the mark that was made before: it
-- restarted, and lost it. `mark` empty: nothing is asked. `otherwise` goes in the validators' place then; empty: the
-- state is not written. Gives whether the mark stands.
local function remember(source, mark, state, validators, otherwise)
  local stands = mark == '' or redis.call('HGET', source, 'mark') == mark
  local known = stands and validators or otherwise
  if known ~= '' then
    redis.call('HSET', source, 'state', '{"validators":' .. known .. ',' .. string.sub(state, 2))
  end
  return stands
end

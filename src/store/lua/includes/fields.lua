-- Shared: fields of a hash; none where the key holds another type, so that one broken record hurts only itself.
local function fields_of(key, ...)
  local values = redis.pcall('HMGET', key, ...)
  return values.err and {} or values
end

-- Puts a story that an older version stored into the sets by which editions are narrowed.
-- ARGV  control: JSON {story, version (that it was read at), order, facets} with the prefixes that narrowing.lua reads
-- Returns 'ok', or 'changed' where whoever changed it since has done so already.
-- @include narrowing
local c = cjson.decode(args.control)
if redis.call('HGET', c.storyPrefix .. c.story, 'v') ~= tostring(c.version) then return 'changed' end
narrow_by(c, c.story, c.order, c.facets)
if #c.facets > 0 then await_words(c, c.story, c.order) end
return 'ok'

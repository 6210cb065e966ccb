-- Writes a source's state, where the mark stands that was made before.
-- KEYS  source: hash of the source
-- ARGV  mark: what stood there last
--       state: JSON object, all fields but the validators
--       validators: JSON
-- Returns 1 where the mark stands, 0 where not.
-- @include remember
return remember(keys.source, args.mark, args.state, args.validators, '') and 1 or 0

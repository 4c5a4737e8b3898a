-- Whether a socket is in a room, or is remembered. KEYS: the roster, what is remembered. ARGV: socket id.
-- Returns: time (µs), '1' if it is in the room, what is remembered ('': nothing).
local clock = redis.call('TIME')
return {
  string.format('%.0f', clock[1] * 1000000 + clock[2]),
  tostring(redis.call('HEXISTS', KEYS[1], ARGV[1])),
  redis.call('GET', KEYS[2]) or ''
}

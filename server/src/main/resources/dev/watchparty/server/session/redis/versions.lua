-- Keeps rooms of one shard from expiring, and reads their versions.
-- KEYS: for each room, the room and its roster. ARGV: time to live (ms, 0: for ever) of each room.
-- Returns: time (µs), then the version of each room ('0': missing).
local clock = redis.call('TIME')
local reply = {string.format('%.0f', clock[1] * 1000000 + clock[2])}
for i = 1, #KEYS, 2 do
  local ttl = ARGV[(i + 1) / 2]
  if ttl ~= '0' then
    redis.call('PEXPIRE', KEYS[i], ttl, 'NX')
    redis.call('PEXPIRE', KEYS[i], ttl, 'GT')
    redis.call('PEXPIRE', KEYS[i + 1], ttl, 'NX')
    redis.call('PEXPIRE', KEYS[i + 1], ttl, 'GT')
  end
  reply[#reply + 1] = redis.call('HGET', KEYS[i], 'v') or '0'
end
return reply

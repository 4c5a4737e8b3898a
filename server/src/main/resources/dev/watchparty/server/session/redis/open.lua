-- Reads a room; creates it first if it does not exist and a seed is given.
-- KEYS: the room, its roster. ARGV: room id, channel, time to live (ms, 0: for ever), state of the seed ('': none),
-- then for each entry of the seed: socket id, place in the order of joins, document.
-- Returns: time (µs), 'room' or 'missing', version, version of the playback, state, [socket id, entry]*, version when it was
-- created.
local clock = redis.call('TIME')
local micros = clock[1] * 1000000 + clock[2]
local now = string.format('%.0f', micros)
local room = redis.call('HMGET', KEYS[1], 'v', 'p', 'state', 'created')
if not room[1] then
  if ARGV[4] == '' then
    return {now, 'missing'}
  end
  redis.call('DEL', KEYS[2])
  for i = 5, #ARGV, 3 do
    redis.call('HSET', KEYS[2], ARGV[i], now .. ' ' .. ARGV[i + 1] .. ' - ' .. ARGV[i + 2])
  end
  redis.call('HSET', KEYS[1], 'v', now, 'p', now, 'state', ARGV[4], 'commands', '', 'created', now)
  redis.call('SPUBLISH', ARGV[2], 'created ' .. ARGV[1] .. ' 0 ' .. now .. ' - 0\n')
  room = {now, now, ARGV[4], now}
end
-- A node that does not know the room's settings yet must not shorten its life.
if ARGV[3] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[3], 'NX')
  redis.call('PEXPIRE', KEYS[1], ARGV[3], 'GT')
  redis.call('PEXPIRE', KEYS[2], ARGV[3], 'NX')
  redis.call('PEXPIRE', KEYS[2], ARGV[3], 'GT')
end
return {now, 'room', room[1], room[2], room[3], redis.call('HGETALL', KEYS[2]), room[4] or '0'}

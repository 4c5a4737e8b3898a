-- Sets or removes the entry of one socket, if it is still the one on which the node decided.
-- KEYS: the room, its roster, what is remembered of the lost socket.
-- ARGV: room id, channel, time to live (ms, 0: for ever), id of the command, deadline (µs), socket id, expected version of
-- the entry (0: none), document ('': remove), 1 if the document is a first join, 1 if the node knows what is remembered,
-- what to remember ('': nothing), for how long (ms), version of the playback with which the room goes with its last
-- socket (0: none).
-- Returns: time (µs), then 'done', version before, version now, place in the order of joins; 'repeated'; 'late';
-- 'missing'; 'conflict', entry ('': none); or 'remembered', what.
local clock = redis.call('TIME')
local micros = clock[1] * 1000000 + clock[2]
local now = string.format('%.0f', micros)
local before = redis.call('HGET', KEYS[1], 'v')
if not before then
  return {now, 'missing'}
end
local entry = redis.call('HGET', KEYS[2], ARGV[6]) or ''
local known, place, id = string.match(entry, '^(%d+) (%d+) (%S+) ')
if id == ARGV[4] then
  return {now, 'repeated'}
end
if micros > tonumber(ARGV[5]) then
  return {now, 'late'}
end
if (known or '0') ~= ARGV[7] then
  return {now, 'conflict', entry}
end
if ARGV[10] == '0' then
  local remembered = redis.call('GET', KEYS[3])
  if remembered then
    return {now, 'remembered', remembered}
  end
end
local version = string.format('%.0f', math.max(tonumber(before) + 1, micros))
if ARGV[9] == '1' then
  place = version
end
place = place or '0'
local kind = 'entry'
if ARGV[8] == '' then
  kind = 'removal'
  redis.call('HDEL', KEYS[2], ARGV[6])
  if ARGV[11] ~= '' then
    redis.call('SET', KEYS[3], ARGV[11], 'PX', ARGV[12])
  end
else
  redis.call('HSET', KEYS[2], ARGV[6], version .. ' ' .. place .. ' ' .. ARGV[4] .. ' ' .. ARGV[8])
  redis.call('DEL', KEYS[3])
end
if ARGV[13] == redis.call('HGET', KEYS[1], 'p') and redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('DEL', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'v', version)
  -- A node that does not know the room's settings yet must not shorten its life.
  if ARGV[3] ~= '0' then
    redis.call('PEXPIRE', KEYS[1], ARGV[3], 'NX')
    redis.call('PEXPIRE', KEYS[1], ARGV[3], 'GT')
    redis.call('PEXPIRE', KEYS[2], ARGV[3], 'NX')
    redis.call('PEXPIRE', KEYS[2], ARGV[3], 'GT')
  end
end
redis.call('SPUBLISH', ARGV[2],
  kind .. ' ' .. ARGV[1] .. ' ' .. before .. ' ' .. version .. ' ' .. ARGV[6] .. ' ' .. place .. '\n' .. ARGV[8])
return {now, 'done', before, version, place}

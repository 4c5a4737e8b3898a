-- Replaces the playback of a room, if it is still the one on which the node decided.
-- KEYS: the room, its roster. ARGV: room id, channel, time to live (ms, 0: for ever), id of the command, deadline (µs),
-- expected version of the playback, state, steps.
-- Returns: time (µs), then 'done', version before, version now; 'repeated' if this command was carried out before;
-- 'conflict', version, version of the playback, state; 'late'; or 'missing'.
local clock = redis.call('TIME')
local micros = clock[1] * 1000000 + clock[2]
local now = string.format('%.0f', micros)
local room = redis.call('HMGET', KEYS[1], 'v', 'p', 'state', 'commands')
if not room[1] then
  return {now, 'missing'}
end
if string.find(room[4], ARGV[4], 1, true) then
  return {now, 'repeated'}
end
if micros > tonumber(ARGV[5]) then
  return {now, 'late'}
end
if room[2] ~= ARGV[6] then
  return {now, 'conflict', room[1], room[2], room[3]}
end
-- Versions follow the clock, so that they rise even if Redis has lost its last writes, or everything.
local version = string.format('%.0f', math.max(tonumber(room[1]) + 1, micros))
local commands = string.sub(room[4] .. ARGV[4], -64 * #ARGV[4])
redis.call('HSET', KEYS[1], 'v', version, 'p', version, 'state', ARGV[7], 'commands', commands)
-- A node that does not know the room's settings yet must not shorten its life.
if ARGV[3] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[3], 'NX')
  redis.call('PEXPIRE', KEYS[1], ARGV[3], 'GT')
  redis.call('PEXPIRE', KEYS[2], ARGV[3], 'NX')
  redis.call('PEXPIRE', KEYS[2], ARGV[3], 'GT')
end
redis.call('SPUBLISH', ARGV[2],
  'playback ' .. ARGV[1] .. ' ' .. room[1] .. ' ' .. version .. ' - 0\n' .. ARGV[7] .. '\n' .. ARGV[8])
return {now, 'done', room[1], version}

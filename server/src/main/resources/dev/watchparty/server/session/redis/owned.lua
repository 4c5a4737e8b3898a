-- Counts rooms that have owners, each for a time from now on. Rooms whose time has ended are forgotten.
-- KEYS: the names of the rooms, by the end of their time. ARGV: how many there may be (0: any number), time (ms), then
-- the name of each room; one if their number is bounded.
-- Returns: time (µs), then 'done'; or 'full' if the room is not counted, because there are too many others.
local clock = redis.call('TIME')
local micros = clock[1] * 1000000 + clock[2]
local now = string.format('%.0f', micros)
local millis = math.floor(micros / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', millis))
if ARGV[1] ~= '0' and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1])
  and not redis.call('ZSCORE', KEYS[1], ARGV[3]) then
  return {now, 'full'}
end
local till = string.format('%.0f', millis + ARGV[2])
for i = 3, #ARGV do
  redis.call('ZADD', KEYS[1], 'GT', till, ARGV[i])
end
return {now, 'done'}

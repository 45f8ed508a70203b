/**
 * A script for `RateLimiterRedis`, in place of its own that counts in windows one after another: at the border of two of
 * those twice as many would go within a second, and what was refused would be counted.
 *
 * This one keeps the moments of what went lately, by the clock of Redis. So no second, whenever it begins, sees more than
 * its points; and what goes is spread a little, as a process that stands still sends what it was granted late.
 *
 * @param windowMs - the points are for any stretch of this length
 * @param burst - so many may go within so short a time
 */
export function slidingWindow(windowMs: number, burst?: { readonly count: number; readonly perMs: number }): string {
  const { count, perMs } = burst ?? { count: 1_000_000, perMs: 1 };
  return `
local points, wanted = tonumber(ARGV[3]), tonumber(ARGV[1])
if redis.call('type', KEYS[1]).ok == 'string' then
  return { points + 1, redis.call('pttl', KEYS[1]) } -- the library's own block
end
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local oldest = redis.call('lindex', KEYS[1], 0)
while oldest and tonumber(oldest) <= now - ${windowMs} do
  redis.call('lpop', KEYS[1])
  oldest = redis.call('lindex', KEYS[1], 0)
end
local used = redis.call('llen', KEYS[1])
local wait = 0
if used + wanted > points then
  wait = redis.call('lindex', KEYS[1], used + wanted - points - 1) + ${windowMs} - now
end
local early = redis.call('lindex', KEYS[1], -${count})
if early then wait = math.max(wait, early + ${perMs} - now) end
if wait > 0 then return { points + 1, wait } end
for _ = 1, wanted do redis.call('rpush', KEYS[1], string.format('%.0f', now)) end
redis.call('pexpire', KEYS[1], ${windowMs})
return { used + wanted, ${windowMs} }
`;
}

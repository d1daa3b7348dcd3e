/**
 * What has to happen as one step in Redis. Whoever changes where somebody is also tells everybody who follows the room,
 * in the same step: so all processes hear of changes in the order in which they were made.
 */

/**
 * Puts a person on one process more.
 * KEYS people, looks, rooms of the process. ARGV process, room, channel, id, name, "1" to ignore that the name is taken,
 * then what the name looks like. Answers 0 where the name is taken by somebody else.
 */
export const ENTER = `
local process, room, channel, id, name, force = unpack(ARGV, 1, 6)
local looks = {}
for i = 7, #ARGV do
	local owner = redis.call('HGET', KEYS[2], ARGV[i])
	if owner and owner ~= id and force == '0' then return 0 end
	looks[#looks + 1] = ARGV[i]
end
for _, look in ipairs(looks) do redis.call('HSETNX', KEYS[2], look, id) end
redis.call('SADD', KEYS[3], room)
local known = redis.call('HGET', KEYS[1], id)
local person = known and cjson.decode(known) or { name = name, looks = looks, at = {} }
for _, there in ipairs(person.at) do
	if there == process then return 1 end
end
person.at[#person.at + 1] = process
redis.call('HSET', KEYS[1], id, cjson.encode(person))
local news = cjson.encode({ kind = 'person', id = id, name = person.name, at = person.at })
redis.call('PUBLISH', channel, process .. ' 0 ' .. news)
return 1
`;

/** Takes a person off a process: what both scripts below do. */
const TAKE_OFF = `
local function take_off(teller, process, channel, id, text)
	local person = cjson.decode(text)
	local at = {}
	for _, there in ipairs(person.at) do
		if there ~= process then at[#at + 1] = there end
	end
	if #at == #person.at then return end
	person.at = at
	if #at > 0 then
		redis.call('HSET', KEYS[1], id, cjson.encode(person))
	else
		redis.call('HDEL', KEYS[1], id)
		for _, look in ipairs(person.looks) do
			if redis.call('HGET', KEYS[2], look) == id then redis.call('HDEL', KEYS[2], look) end
		end
	end
	-- An empty table is not an array to cjson: nobody is left out.
	local news = cjson.encode({ kind = 'person', id = id, name = person.name, at = #at > 0 and at or nil })
	redis.call('PUBLISH', channel, teller .. ' 0 ' .. news)
end
`;

/** Takes one person off a process. KEYS people, looks. ARGV process, channel, id. */
export const EXIT = `${TAKE_OFF}
local text = redis.call('HGET', KEYS[1], ARGV[3])
if text then take_off(ARGV[1], ARGV[1], ARGV[2], ARGV[3], text) end
`;

/** Takes everybody in a room off a process that is no more. KEYS people, looks. ARGV process, channel. */
export const BURY = `${TAKE_OFF}
local people = redis.call('HGETALL', KEYS[1])
for i = 1, #people, 2 do take_off('-', ARGV[1], ARGV[2], people[i], people[i + 1]) end
`;

/**
 * Says that a process is alive. KEYS processes. ARGV process, milliseconds after which a silent one is dead. Answers
 * whether it was not known (1 or 0), and then those that are dead.
 */
export const BEAT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local is_new = redis.call('ZADD', KEYS[1], now, ARGV[1])
return { is_new, unpack(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])) }
`;

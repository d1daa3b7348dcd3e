/**
 * What has to happen as one step in Redis. Whoever changes where somebody is also tells everybody who follows the room,
 * in the same step: so all processes hear of changes in the order in which they were made.
 */

/** A record that can't be read counts as none. */
const READ = `
local function read(text)
	local isRead, person = pcall(cjson.decode, text or '')
	if isRead and type(person) == 'table' and type(person.at) == 'table' and type(person.looks) == 'table' then
		return person
	end
end
`;

/**
 * Puts a person on one process more.
 * KEYS people, looks, rooms of the process. ARGV process, room, channel, id, name, "1" to ignore that the name is taken,
 * then what the name looks like. Answers 0 where the name is taken by somebody else.
 */
export const ENTER = `${READ}
local process, room, channel, id, name, force = unpack(ARGV, 1, 6)
local looks = {}
for i = 7, #ARGV do
	local owner = redis.call('HGET', KEYS[2], ARGV[i])
	if owner and owner ~= id and force == '0' then return 0 end
	looks[#looks + 1] = ARGV[i]
end
for _, look in ipairs(looks) do redis.call('HSETNX', KEYS[2], look, id) end
redis.call('SADD', KEYS[3], room)
local person = read(redis.call('HGET', KEYS[1], id)) or { name = name, looks = looks, at = {} }
for _, there in ipairs(person.at) do
	if there == process then return 1 end
end
person.at[#person.at + 1] = process
redis.call('HSET', KEYS[1], id, cjson.encode(person))
local news = cjson.encode({ kind = 'person', id = id, name = person.name, at = person.at })
redis.call('PUBLISH', channel, process .. ' 0 ' .. news)
return 1
`;

/** Takes a person off a process, or everybody but some: what the scripts below do. A record that can't be read goes. */
const TAKE_OFF = `${READ}
local function take_off(teller, process, channel, id, text)
	local person = read(text)
	if not person then return redis.call('HDEL', KEYS[1], id) end
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
local function take_off_all(teller, process, channel, kept)
	local people = redis.call('HGETALL', KEYS[1])
	for i = 1, #people, 2 do
		if not kept[people[i]] then take_off(teller, process, channel, people[i], people[i + 1]) end
	end
end
`;

/**
 * Takes one person off a process. KEYS people, looks, rooms of the process. ARGV process, channel, id, and the room where
 * it was the last one there.
 */
export const EXIT = `${TAKE_OFF}
local text = redis.call('HGET', KEYS[1], ARGV[3])
if text then take_off(ARGV[1], ARGV[1], ARGV[2], ARGV[3], text) end
if ARGV[4] then redis.call('SREM', KEYS[3], ARGV[4]) end
`;

/** Takes off a process who is not there. KEYS as above. ARGV process, channel, room, then the ids of those who are. */
export const KEEP = `${TAKE_OFF}
local kept = {}
for i = 4, #ARGV do kept[ARGV[i]] = true end
take_off_all(ARGV[1], ARGV[1], ARGV[2], kept)
if #ARGV == 3 then redis.call('SREM', KEYS[3], ARGV[3]) end
`;

/**
 * Says that a process is alive. KEYS processes. ARGV process, milliseconds after which a silent one is dead, "1" to be told
 * of those: they are marked by a score of 0, by which they know if they come back. Answers whether the process was not
 * known, or marked (1 or 0), and then the dead.
 */
export const BEAT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
local answer = { (not score or score == '0') and 1 or 0 }
if ARGV[3] ~= '1' then return answer end
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])) do
	redis.call('ZADD', KEYS[1], 0, dead)
	answer[#answer + 1] = dead
end
return answer
`;

/** Takes everybody in a room off a process that is dead, unless it has come back. KEYS people, looks, processes. ARGV process, channel. */
export const BURY = `${TAKE_OFF}
if redis.call('ZSCORE', KEYS[3], ARGV[1]) == '0' then take_off_all('-', ARGV[1], ARGV[2], {}) end
`;

/** Forgets a process that has nobody any more, unless it has come back. KEYS processes, rooms of the process. ARGV process. */
export const FORGET = `
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == '0' then
	redis.call('DEL', KEYS[2])
	redis.call('ZREM', KEYS[1], ARGV[1])
end
`;

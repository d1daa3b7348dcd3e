/**
 * Changes of presence that are atomic in Redis. A script that changes a person's processes publishes the change in the same
 * step, so that all processes receive changes in the order in which they were made.
 *
 * The names in the stored records and messages (`looks`, `at`, `kind`) stay as they are: during a rolling deployment
 * processes of two versions share them.
 */

/** A record that can't be parsed counts as absent. */
const READ = `
local function read(text)
	local isRead, person = pcall(cjson.decode, text or '')
	if isRead and type(person) == 'table' and type(person.at) == 'table' and type(person.looks) == 'table' then
		return person
	end
end
`;

/**
 * Adds a process to a person, who may have been renamed.
 * KEYS: people, skeletons, rooms of the process. ARGV: process, room, channel, id, name, "1" to ignore that the name is
 * taken, then the name's skeletons. Returns 0 where another user has the name.
 */
export const ENTER = `${READ}
local process, room, channel, id, name, force = unpack(ARGV, 1, 6)
local looks = {}
for i = 7, #ARGV do
	local owner = redis.call('HGET', KEYS[2], ARGV[i])
	if owner and owner ~= id and force == '0' then return 0 end
	looks[#looks + 1] = ARGV[i]
end
redis.call('SADD', KEYS[3], room)
local person = read(redis.call('HGET', KEYS[1], id)) or { name = name, looks = looks, at = {} }
local isRenamed = person.name ~= name
if isRenamed then
	for _, look in ipairs(person.looks) do
		if redis.call('HGET', KEYS[2], look) == id then redis.call('HDEL', KEYS[2], look) end
	end
	person.name = name
	person.looks = looks
end
for _, look in ipairs(looks) do redis.call('HSETNX', KEYS[2], look, id) end
local isKnown = false
for _, entry in ipairs(person.at) do isKnown = isKnown or entry == process end
if isKnown and not isRenamed then return 1 end
if not isKnown then person.at[#person.at + 1] = process end
redis.call('HSET', KEYS[1], id, cjson.encode(person))
local event = cjson.encode({ kind = 'person', id = id, name = person.name, at = person.at })
redis.call('PUBLISH', channel, process .. ' 0 ' .. event)
return 1
`;

/** Removes a process from a person, or from everybody except some. Deletes a record that can't be parsed. */
const REMOVE_FROM = `${READ}
local function remove_from(sender, process, channel, id, text)
	local person = read(text)
	if not person then return redis.call('HDEL', KEYS[1], id) end
	local at = {}
	for _, entry in ipairs(person.at) do
		if entry ~= process then at[#at + 1] = entry end
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
	-- cjson encodes an empty table as an object, so the field is omitted.
	local event = cjson.encode({ kind = 'person', id = id, name = person.name, at = #at > 0 and at or nil })
	redis.call('PUBLISH', channel, sender .. ' 0 ' .. event)
end
local function remove_from_all(sender, process, channel, kept)
	local people = redis.call('HGETALL', KEYS[1])
	for i = 1, #people, 2 do
		if not kept[people[i]] then remove_from(sender, process, channel, people[i], people[i + 1]) end
	end
end
`;

/**
 * Removes a process from one person. KEYS: people, skeletons, rooms of the process. ARGV: process, channel, id, and the room
 * if the person was the last one of the process in it.
 */
export const EXIT = `${REMOVE_FROM}
local text = redis.call('HGET', KEYS[1], ARGV[3])
if text then remove_from(ARGV[1], ARGV[1], ARGV[2], ARGV[3], text) end
if ARGV[4] then redis.call('SREM', KEYS[3], ARGV[4]) end
`;

/** Removes a process from everybody except the given people. KEYS as above. ARGV: process, channel, room, then their ids. */
export const RETAIN = `${REMOVE_FROM}
local kept = {}
for i = 4, #ARGV do kept[ARGV[i]] = true end
remove_from_all(ARGV[1], ARGV[1], ARGV[2], kept)
if #ARGV == 3 then redis.call('SREM', KEYS[3], ARGV[3]) end
`;

/**
 * Records a heartbeat. KEYS: processes. ARGV: process, milliseconds without a heartbeat after which a process is dead, "1"
 * to return the dead ones. Dead processes get a score of 0, by which they notice it if they return. Returns 1 if the process was
 * unknown or marked dead, else 0, followed by the dead processes.
 */
export const HEARTBEAT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
local result = { (not score or score == '0') and 1 or 0 }
if ARGV[3] ~= '1' then return result end
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])) do
	redis.call('ZADD', KEYS[1], 0, dead)
	result[#result + 1] = dead
end
return result
`;

/** Removes a dead process from everybody in a room, unless it has returned. KEYS: people, skeletons, processes. ARGV: process, channel. */
export const REMOVE_DEAD = `${REMOVE_FROM}
if redis.call('ZSCORE', KEYS[3], ARGV[1]) == '0' then remove_from_all('-', ARGV[1], ARGV[2], {}) end
`;

/** Deletes a dead process' records, unless it has returned. KEYS: processes, rooms of the process. ARGV: process. */
export const DELETE_DEAD = `
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == '0' then
	redis.call('DEL', KEYS[2])
	redis.call('ZREM', KEYS[1], ARGV[1])
end
`;

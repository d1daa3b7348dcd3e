import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERYBODY } from "../../app/protocol/message.ts";
import { knownPeople } from "./known-people.ts";

const user = (name: string) => ({ id: name.toLowerCase(), name });
const room = (...names: string[]) => ({
	mentionable: (query: string) => [
		...names.map(user).filter(({ id }) => id.startsWith(query)),
		{ id: EVERYBODY, name: EVERYBODY },
	],
});

test("people of several rooms are found once, by name, without those who are members already", () => {
	const rooms = [room("Eve", "Bob"), room("Bob", "Ada")];
	const names = (query: string, ...except: string[]) =>
		knownPeople(rooms, query, new Set(except)).map(({ name }) => name);
	assert.deepEqual(names(""), ["Ada", "Bob", "Eve"]);
	assert.deepEqual(names("", "bob"), ["Ada", "Eve"]);
	assert.deepEqual(names("b"), ["Bob"]);
	const many = Array.from({ length: 30 }, (_, n) => `User ${n}`);
	assert.equal(knownPeople([room(...many)], "", new Set()).length, 6);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDomain, refusalOf } from "../testing/domain.ts";

test("C5 only admins pin messages in a room that is open to everybody", async () => {
	const { chat, member, connect, send, nextId } = openDomain();
	const ada = await member("ada", "lobby");
	await send(ada, "lobby", "hello");
	const pin = { room: "lobby", target: 1, clientId: nextId() };
	assert.equal(refusalOf(chat.pins.set(ada, pin)), "forbidden");
	assert.equal(refusalOf(chat.pins.set(connect("ben"), pin)), "not_found room");
});

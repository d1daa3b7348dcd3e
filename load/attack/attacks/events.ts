import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../kit/random.ts";
import type { Attack } from "./attack.ts";

const EVENTS = [
	"room:join",
	"room:leave",
	"room:read",
	"message:send",
	"message:edit",
	"message:remove",
	"message:history",
	"message:around",
	"reaction:set",
	"pin:set",
	"search:query",
	"log:since",
	"typing:start",
	"typing:stop",
	"room:appended",
	"__proto__",
	"",
];
const FIELDS = [
	"room",
	"after",
	"before",
	"limit",
	"clientId",
	"body",
	"location",
	"epoch",
	"seq",
	"latitude",
	"name",
	"target",
	"emoji",
	"on",
	"reply",
	"mentions",
	"root",
	"pinned",
	"at",
	"back",
	"text",
	"from",
	"has",
	"cursor",
];
const ROOM = "room of attackers";
const CLIENT_ID = "0f7388b4-5a77-4c3e-9d7c-0a1b2c3d4e5f";
/** Fields that most payloads have, so that some get past the first check. */
const VALID = { room: ROOM, target: 1, clientId: CLIENT_ID, seq: 1, emoji: "👍", on: true, body: "x", after: 0 };
const MAX_DEPTH = 3;
const PAUSE_MS = 2;

/** Returns any JSON with the field names of the protocol. */
function anything(random: Random, depth = 0): unknown {
	const leaf = [
		null,
		true,
		0,
		1,
		-1,
		1.5,
		1e300,
		2 ** 53,
		"",
		"x",
		"\u0000",
		"\u202e",
		"\ud800",
		"👍",
		ROOM,
		CLIENT_ID,
	];
	if (depth === MAX_DEPTH || random.chance(0.4)) return random.pick(leaf);
	const of = Array.from({ length: random.between(0, 4) }, () => anything(random, depth + 1));
	if (random.chance(0.2)) return of;
	const fields = Object.fromEntries(of.map((value) => [random.pick(FIELDS), value]));
	return depth === 0 && random.chance(0.5) ? { ...VALID, ...fields } : fields;
}

export const eventFuzz: Attack = {
	id: "event-fuzz",
	title: "every event with any JSON of the protocol's own words",
	expected: "answered with an ack, and never with `internal`; stays connected",
	unit: "events",
	growthMiB: 128,
	async run(attack) {
		const clients = await attack.join(await attack.signIn(10), 1, ROOM);
		attack.begin();
		await attack.repeat(clients.length, async (turn) => {
			const event = attack.random.pick(EVENTS);
			const payload = anything(attack.random);
			attack.counts.tried++;
			// Below the rate of packets at which a connection is closed.
			await sleep(PAUSE_MS);
			const ack = await clients[turn % clients.length]!.request(event, payload);
			const what = `${event} ${JSON.stringify(payload).slice(0, 200)}`;
			if (ack === undefined) attack.problem(`${what}: the connection was closed`);
			else if (!ack.ok && ack.error.code === "internal") attack.problem(`${what}: internal`);
			else attack.onAck(ack);
		});
	},
};

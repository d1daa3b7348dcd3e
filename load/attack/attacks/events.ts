import { setTimeout as sleep } from "node:timers/promises";
import type { Ack } from "../../../app/protocol/refusal.ts";
import type { Random } from "../../chaos/schedule/random.ts";
import type { Attack } from "./attack.ts";
import { attackers, emptyAccount, enterRoom } from "./attackers.ts";
import { againAndAgain } from "./rhythm.ts";

const EVENTS = [
	"room:join",
	"room:leave",
	"message:send",
	"message:history",
	"log:since",
	"typing:start",
	"typing:stop",
	"room:appended",
	"__proto__",
	"",
];
const FIELDS = ["room", "after", "before", "limit", "clientId", "body", "location", "epoch", "seq", "latitude", "name"];
const MAX_DEPTH = 3;
const PAUSE_MS = 2;

/** Any JSON, of such words as the protocol has. */
function anything(random: Random, depth = 0): unknown {
	const leaf = [null, true, 0, -1, 1.5, 1e300, 2 ** 53, "", "x", "\u0000", "\u202e", "\ud800", "room of attackers"];
	if (depth === MAX_DEPTH || random.chance(0.4)) return random.pick(leaf);
	const of = Array.from({ length: random.between(0, 4) }, () => anything(random, depth + 1));
	return random.chance(0.2) ? of : Object.fromEntries(of.map((value) => [random.pick(FIELDS), value]));
}

export const eventFuzz: Attack = {
	id: "event-fuzz",
	title: "every event with any JSON of the protocol's own words",
	expected: "answered with an ack, and never with `internal`; the line stays",
	growthMiB: 128,
	async run(field) {
		const lines = await enterRoom(field, await attackers(field, 10), 1, "room of attackers");
		const account = emptyAccount("events");
		const complaints = new Set<string>();
		await againAndAgain(field, lines.length, async (turn) => {
			const event = field.random.pick(EVENTS);
			const payload = anything(field.random);
			account.tried++;
			// Below the rate at which a line is cut.
			await sleep(PAUSE_MS);
			const ack = (await lines[turn % lines.length]!.ask(event, payload)) as Ack<unknown> | undefined;
			const what = `${event} ${JSON.stringify(payload).slice(0, 200)}`;
			if (ack?.ok) account.through++;
			else if (ack?.error.code === "internal") complaints.add(`${what}: internal`);
			else if (ack) account.refused++;
			else complaints.add(`${what}: the line was cut`);
		});
		return { ...account, complaints: [...complaints] };
	},
};

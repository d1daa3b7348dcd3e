import { randomUUID } from "node:crypto";
import { type CostForm, CostSearch, costSentence } from "../../kit/cost-search.ts";
import { readServerCounts } from "../measure/server-counts.ts";
import { attackersAddress } from "../tools/addresses.ts";
import { type HttpCall, HttpCaller } from "../tools/http-caller.ts";
import type { Attack } from "./attack.ts";
import type { AttackRun } from "./attack-run.ts";

/** Requests with one text that are measured together, so that they take more CPU time than the measurement itself. */
const BATCH = 100;
/** So many that each stays below the rate of packets at which a connection is closed. */
const CONNECTIONS = 10;
/** Most that a text may cost, as a multiple of the cost of letters of as many bytes. */
const MAX_RATIO = 6;
/** Maximum characters that are tried: of a message's text, and of every other field. */
const BODY_CHARS = 4_000;
const FIELD_CHARS = 512;

/** The fields of events that take a text. `rest`: the other fields of the payload. */
const EVENTS: [event: string, field: string, maxChars: number, rest: Record<string, unknown>][] = [
	["room:join", "room", FIELD_CHARS, {}],
	["room:leave", "room", FIELD_CHARS, {}],
	["room:read", "room", FIELD_CHARS, { epoch: "e", seq: 1 }],
	["room:read", "epoch", FIELD_CHARS, { room: "lobby", seq: 1 }],
	["room:create", "title", FIELD_CHARS, { kind: "private" }],
	["direct:open", "users", FIELD_CHARS, {}],
	["message:send", "body", BODY_CHARS, { room: "costs" }],
	["message:send", "room", FIELD_CHARS, { body: "x" }],
	["message:send", "clientId", FIELD_CHARS, { room: "costs", body: "x" }],
	["message:edit", "body", BODY_CHARS, { room: "costs", target: 1 }],
	["message:remove", "room", FIELD_CHARS, { target: 1 }],
	["message:history", "room", FIELD_CHARS, { limit: 1 }],
	["message:around", "room", FIELD_CHARS, { seq: 1 }],
	["reaction:set", "emoji", FIELD_CHARS, { room: "costs", target: 1, on: true }],
	["pin:set", "room", FIELD_CHARS, { target: 1, on: true }],
	["log:since", "room", FIELD_CHARS, { after: 0 }],
	["typing:start", "room", FIELD_CHARS, {}],
	["typing:stop", "room", FIELD_CHARS, {}],
];

/** The routes and headers that take a text. */
const ROUTES: [name: string, maxChars: number, call: (text: string) => HttpCall][] = [
	["POST /api/session", FIELD_CHARS, (name) => postOf("/api/session", { name })],
	["POST /api/invitations/redeem", FIELD_CHARS, (code) => postOf("/api/invitations/redeem", { code, name: code })],
	["POST /api/claim", FIELD_CHARS, (code) => postOf("/api/claim", { code })],
	[
		"PUT /api/people",
		FIELD_CHARS,
		(text) => ({ ...postOf(`/api/people/${encoded(text)}`, { role: text }), method: "PUT" }),
	],
	["DELETE /api/rooms", FIELD_CHARS, (text) => ({ path: `/api/rooms/${encoded(text)}`, method: "DELETE" })],
	["GET /api/files", FIELD_CHARS, (text) => ({ path: `/api/files/${encoded(text)}` })],
	[
		"POST /api/files",
		FIELD_CHARS,
		(text) => ({ path: `/api/files?room=${encoded(text)}&name=${encoded(text)}`, method: "POST" }),
	],
	["GET /r", FIELD_CHARS, (text) => ({ path: `/r/${encoded(text)}` })],
	["Cookie", FIELD_CHARS, (text) => ({ path: "/api/session", headers: { cookie: `session=${encoded(text)}` } })],
	[
		"Origin",
		FIELD_CHARS,
		(text) => ({ path: "/api/session", method: "POST", headers: { origin: `http://${encoded(text)}` } }),
	],
	["Host", FIELD_CHARS, (text) => ({ path: "/", headers: { host: encoded(text) } })],
];

function postOf(path: string, body: unknown): HttpCall {
	return { path, method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function encoded(text: string): string {
	return encodeURIComponent(text.toWellFormed());
}

/** Returns the CPU time of the server, in seconds, while `work` is done. */
async function cpuOf(url: string, work: () => Promise<unknown>): Promise<number> {
	const before = await readServerCounts(url);
	await work();
	return (await readServerCounts(url)).cpuSeconds - before.cpuSeconds;
}

async function eventForms(attack: AttackRun): Promise<CostForm[]> {
	const { url, counts } = attack;
	const attackers = await attack.signIn(CONNECTIONS);
	const clients = await attack.join(attackers, 1, "costs");
	/** Sends the event once. */
	async function send(number: number, event: string, payload: object): Promise<void> {
		const index = number % CONNECTIONS;
		if (!clients[index]!.isOpen) clients[index] = await attack.connect(attackers[index]!);
		counts.tried++;
		clients[index]!.emit(event, { clientId: randomUUID(), ...payload });
	}
	return EVENTS.map(([event, field, maxChars, rest]) => ({
		name: `${event} ${field}`,
		maxChars,
		cost: (text) =>
			cpuOf(url, async () => {
				const payload = { ...rest, [field]: field === "users" ? [text] : text };
				for (let number = 0; number < BATCH; number++) await send(number, event, payload);
				// Some events have no ack. This one, behind them on each connection, is acked after they were handled.
				await Promise.all(clients.map((client) => client.request("room:leave", { room: "no room" })));
			}),
	}));
}

function routeForms({ url, counts }: AttackRun, caller: HttpCaller): CostForm[] {
	return ROUTES.map(([name, maxChars, call]) => ({
		name,
		maxChars,
		cost: (text) =>
			cpuOf(url, async () => {
				counts.tried += BATCH;
				await Promise.all(Array.from({ length: BATCH }, () => caller.call(call(text))));
			}),
	}));
}

export const costSearch: Attack = {
	id: "costs",
	title: "every event and route with texts that are mutated towards the server's CPU time per byte",
	expected: `no text costs more than ${MAX_RATIO} times as much as letters of as many bytes`,
	unit: "requests",
	growthMiB: 192,
	async run(attack) {
		const caller = new HttpCaller(attack.url, attackersAddress(CONNECTIONS), CONNECTIONS);
		const forms = [...(await eventForms(attack)), ...routeForms(attack, caller)];
		const search = new CostSearch(forms, attack.random, MAX_RATIO);
		attack.begin();
		while (!attack.isOver) {
			const found = await search.step();
			if (found.ratio > MAX_RATIO) attack.problem(costSentence(found));
		}
		caller.close();
	},
};

import { randomUUID } from "node:crypto";
import { type CostForm, CostSearch, costSentence } from "../../kit/cost-search.ts";
import { readServerCounts } from "../measure/server-counts.ts";
import { attackersAddress } from "../tools/addresses.ts";
import { type HttpCall, HttpCaller } from "../tools/http-caller.ts";
import type { Attack } from "./attack.ts";
import type { AttackRun } from "./attack-run.ts";

/** Requests with the same text, whose CPU time is measured together: more than that of the measurement itself. */
const BATCH = 100;
/** Below the rate of packets at which a connection is closed. */
const CONNECTIONS = 10;
/** Bound of the cost of a text, to that of letters of as many bytes. */
const MAX_RATIO = 6;
const LONG = 4_000;
const NAME = 512;

/** Every event with a text in each of its fields that take one. */
const EVENTS: [event: string, field: string, maxChars: number, rest: Record<string, unknown>][] = [
	["room:join", "room", NAME, {}],
	["room:leave", "room", NAME, {}],
	["room:read", "room", NAME, { epoch: "e", seq: 1 }],
	["room:read", "epoch", NAME, { room: "lobby", seq: 1 }],
	["room:create", "title", NAME, { kind: "private" }],
	["direct:open", "users", NAME, {}],
	["message:send", "body", LONG, { room: "costs" }],
	["message:send", "room", NAME, { body: "x" }],
	["message:send", "clientId", NAME, { room: "costs", body: "x" }],
	["message:edit", "body", LONG, { room: "costs", target: 1 }],
	["message:remove", "room", NAME, { target: 1 }],
	["message:history", "room", NAME, { limit: 1 }],
	["message:around", "room", NAME, { seq: 1 }],
	["reaction:set", "emoji", NAME, { room: "costs", target: 1, on: true }],
	["pin:set", "room", NAME, { target: 1, on: true }],
	["log:since", "room", NAME, { after: 0 }],
	["typing:start", "room", NAME, {}],
	["typing:stop", "room", NAME, {}],
];

/** Every route that takes a text. */
const ROUTES: [name: string, maxChars: number, call: (text: string) => HttpCall][] = [
	["POST /api/session", NAME, (name) => postOf("/api/session", { name })],
	["POST /api/invitations/redeem", NAME, (code) => postOf("/api/invitations/redeem", { code, name: code })],
	["POST /api/claim", NAME, (code) => postOf("/api/claim", { code })],
	["PUT /api/people", NAME, (text) => ({ ...postOf(`/api/people/${shown(text)}`, { role: text }), method: "PUT" })],
	["DELETE /api/rooms", NAME, (text) => ({ path: `/api/rooms/${shown(text)}`, method: "DELETE" })],
	["GET /api/files", NAME, (text) => ({ path: `/api/files/${shown(text)}` })],
	["POST /api/files", NAME, (text) => ({ path: `/api/files?room=${shown(text)}&name=${shown(text)}`, method: "POST" })],
	["GET /r", NAME, (text) => ({ path: `/r/${shown(text)}` })],
	["Cookie", NAME, (text) => ({ path: "/api/session", headers: { cookie: `session=${shown(text)}` } })],
	["Origin", NAME, (text) => ({ path: "/api/session", method: "POST", headers: { origin: `http://${shown(text)}` } })],
	["Host", NAME, (text) => ({ path: "/", headers: { host: shown(text) } })],
];

function postOf(path: string, body: unknown): HttpCall {
	return { path, method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function shown(text: string): string {
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
	/** Sends the event once and waits for the one behind it: some have no ack. */
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

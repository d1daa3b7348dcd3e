import assert from "node:assert/strict";
import { after, before, describe, type TestContext, test } from "node:test";
import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { createClient } from "@redis/client";
import type { User } from "../../protocol/session.ts";
import type { RoomPlace } from "../../room/ports/cluster.ts";
import { RedisServer } from "../testing/redis-server.ts";
import { type RedisNames, redisNames } from "./names.ts";
import { RedisCluster } from "./redis-cluster.ts";

const TIMEOUT_MS = 20_000;
const placeOf = (name: string): RoomPlace => ({ user: { id: `u-${name}`, name }, skeletons: [name.toLowerCase()] });
const [ada, bob] = [placeOf("ada"), placeOf("bob")];

let redis: RedisServer;
let databases = 0;
before(async () => {
	redis = await RedisServer.start();
});
after(() => redis.dispose());

/** One process of a chat, with the people it knows on other processes. */
class Process {
	readonly cluster: RedisCluster;
	readonly errors: unknown[] = [];
	readonly #elsewhere = new Map<string, Map<string, User>>();

	constructor(cluster: RedisCluster) {
		this.cluster = cluster;
		cluster.listen({
			onRoomEvent() {},
			onClusterEvent() {},
			onPersonEvent: (room, user, isElsewhere) => {
				if (isElsewhere) this.#of(room).set(user.id, user);
				else this.#of(room).delete(user.id);
			},
			onPeople: (room, users) => void this.#elsewhere.set(room, new Map(users.map((user) => [user.id, user]))),
			onPublishLag() {},
			onReconnected() {},
		});
	}

	async open(room: string): Promise<void> {
		await this.cluster.follow(room);
		await this.cluster.fetchPeople(room);
	}

	sees(room: string): string[] {
		return [...this.#of(room).values()].map(({ name }) => name).sort();
	}

	#of(room: string): Map<string, User> {
		const known = this.#elsewhere.get(room) ?? new Map<string, User>();
		this.#elsewhere.set(room, known);
		return known;
	}
}

type Chat = { names: RedisNames; raw: ReturnType<typeof clientOf>; start(): Promise<Process> };
const CHAT = "the-chat-of-the-test";
const clientOf = (url: string) => createClient({ url, RESP: 2 });

async function chat(t: TestContext): Promise<Chat> {
	const url = redis.url(databases++);
	const raw = clientOf(url);
	await raw.connect();
	t.after(() => raw.destroy());
	async function start(): Promise<Process> {
		const cluster = await RedisCluster.open(url, CHAT, {
			onState() {},
			onError: (error) => assert.fail(String(error)),
		});
		t.after(() => cluster.close());
		return new Process(cluster);
	}
	return { names: redisNames(url, CHAT), raw, start };
}

async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
	for (const deadline = Date.now() + TIMEOUT_MS; !(await condition()); await sleep(10))
		if (Date.now() > deadline) assert.fail(`timed out while waiting for ${what}`);
}

/** Breaks the connections of all processes until `mend` is called. Redis keeps running with its data. */
async function breakConnections({ raw }: Chat, ...processes: Process[]): Promise<{ mend: () => Promise<void> }> {
	const setMaxClients = async (max: number) =>
		void (await raw.sendCommand(["CONFIG", "SET", "maxclients", String(max)]));
	await setMaxClients(1);
	for (const type of ["normal", "pubsub"]) await raw.sendCommand(["CLIENT", "KILL", "TYPE", type, "SKIPME", "yes"]);
	await until("broken connections", () => processes.every(({ cluster }) => !cluster.isConnected));
	return { mend: () => setMaxClients(1_000) };
}

describe("people, when something fails", () => {
	test("P2 joins and leaves while Redis is briefly unreachable are known on the other process afterwards", async (t) => {
		const it = await chat(t);
		const [one, other] = [await it.start(), await it.start()];
		for (const process of [one, other]) await process.open("r");
		await one.cluster.enter("r", ada);
		await until("ada", () => other.sees("r").join() === "ada");
		const { mend } = await breakConnections(it, one, other);
		one.cluster.exit("r", ada.user.id);
		assert.ok(await one.cluster.enter("r", bob));
		assert.equal(one.cluster.isConnected, false);
		await mend();
		await until("bob instead of ada", () => other.sees("r").join() === "bob");
		assert.deepEqual(Object.keys(await it.raw.hGetAll(it.names.skeletons("r"))), ["bob"], "ada's name is free");
	});

	test("P2 a room that is left while Redis is unreachable is empty afterwards", async (t) => {
		const it = await chat(t);
		const one = await it.start();
		await one.open("r");
		await one.cluster.enter("r", ada);
		const { mend } = await breakConnections(it, one);
		one.cluster.unfollow("r");
		await mend();
		await until("an empty Redis", async () => (await it.raw.keys("*")).join() === it.names.processes);
	});

	test("people are known beside a record that can't be parsed or that a newer version wrote", async (t) => {
		const it = await chat(t);
		const [one, other] = [await it.start(), await it.start()];
		await one.open("r");
		await one.cluster.enter("r", ada);
		await it.raw.hSet(it.names.people("r"), { "u-bob": "{damaged", x: "null", y: '{"name":7}', z: '{"at":{}}' });
		await other.open("r");
		assert.deepEqual(other.sees("r"), ["ada"]);
		assert.ok(await one.cluster.enter("r", bob));
		await until("bob", () => other.sees("r").join() === "ada,bob");
		one.cluster.unfollow("r");
		await until("nobody", () => other.sees("r").length === 0);
	});

	test("P1 more people than may wait for replies are all restored after Redis lost its data", async (t) => {
		const it = await chat(t);
		const one = await it.start();
		await one.open("r");
		const COUNT = 21_000;
		for (let from = 0; from < COUNT; from += 1_000)
			await Promise.all(
				Array.from({ length: 1_000 }, (_, index) => one.cluster.enter("r", placeOf(`guest${from + index}`))),
			);
		assert.equal(await it.raw.hLen(it.names.people("r")), COUNT);
		await it.raw.flushDb();
		await until("everybody", async () => (await it.raw.hLen(it.names.people("r"))) === COUNT);
		one.cluster.unfollow("r");
		await until("an empty Redis", async () => (await it.raw.keys("*")).join() === it.names.processes);
	});

	test("P2 a process that has just connected or reconnected removes no other process: both may have been disconnected", async (t) => {
		const it = await chat(t);
		const one = await it.start();
		await one.open("r");
		await one.cluster.enter("r", ada);
		const { value: name } = (await it.raw.zRangeWithScores(it.names.processes, 0, -1))[0]!;
		await it.raw.zAdd(it.names.processes, { score: Date.now() - 60_000, value: name });
		const other = await it.start();
		await other.open("r");
		assert.deepEqual(other.sees("r"), ["ada"]);
	});

	test("P2 a process that returns while it is being removed keeps all its people", async (t) => {
		const it = await chat(t);
		const [one, other] = [await it.start(), await it.start()];
		for (const process of [one, other]) await process.open("r");
		await one.cluster.enter("r", ada);
		const [room] = await it.raw.keys(it.names.roomsOf("*"));
		// Another process marked it as dead, and ended before it removed all of its people.
		await it.raw.zAdd(it.names.processes, { score: 0, value: room!.slice(it.names.roomsOf("").length) });
		await it.raw.del([it.names.people("r"), it.names.skeletons("r")]);
		await until("ada", async () => (await it.raw.hExists(it.names.people("r"), ada.user.id)) === 1);
	});

	test("a process' set of rooms is deleted with the last of its people", async (t) => {
		const it = await chat(t);
		const one = await it.start();
		for (const room of ["r", "room with spaces", "a:b:*{c}", "ß😀"]) {
			await one.open(room);
			for (const place of [ada, bob]) await one.cluster.enter(room, place);
			for (const { user } of [ada, bob]) one.cluster.exit(room, user.id);
			one.cluster.unfollow(room);
		}
		await until("an empty Redis", async () => (await it.raw.keys("*")).join() === it.names.processes);
	});

	test("R2 a refused name leaves nothing in Redis", async (t) => {
		const it = await chat(t);
		const [one, other] = [await it.start(), await it.start()];
		for (const process of [one, other]) await process.open("r");
		await one.cluster.enter("r", ada);
		assert.equal(await other.cluster.enter("r", { ...ada, user: { id: "u-twin", name: "Ada" } }), false);
		other.cluster.unfollow("r");
		one.cluster.unfollow("r");
		await until("an empty Redis", async () => (await it.raw.keys("*")).join() === it.names.processes);
	});

	test("P1 people that a slow Redis did not return or store are known soon afterwards", async (t) => {
		const it = await chat(t);
		const [one, other] = [await it.start(), await it.start()];
		await one.open("r");
		await one.cluster.enter("r", ada);
		await it.raw.sendCommand(["CLIENT", "PAUSE", "3500", "ALL"]);
		await other.open("r");
		const twin = { ...ada, user: { id: "u-twin", name: "Ada" } };
		assert.ok(await other.cluster.enter("r", twin), "the join continues without Redis");
		assert.ok(other.cluster.isConnected);
		await until("ada", () => other.sees("r").join() === "ada");
		await until("the other one", () => one.sees("r").join() === "Ada");
	});

	test("a room that is left and reopened repeatedly is subscribed in the end", async (t) => {
		const it = await chat(t);
		const one = await it.start();
		const subscribers = async () => Object.values(await it.raw.pubSubNumSub(it.names.room("r")))[0];
		for (let round = 0; round < 100; round++) {
			const first = one.cluster.follow("r");
			for (let turns = 0; turns < round % 3; turns++) await turn();
			one.cluster.unfollow("r");
			await first;
			await one.cluster.follow("r");
			await until(`round ${round}`, async () => (await subscribers()) === 1);
			one.cluster.unfollow("r");
			const second = one.cluster.follow("r");
			one.cluster.unfollow("r");
			await second;
			await until(`the end of round ${round}`, async () => (await subscribers()) === 0);
		}
	});
});

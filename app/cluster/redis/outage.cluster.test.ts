import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { services, startChat } from "../testing/chat-of-processes.ts";

const running = services();
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("an outage of Redis", () => {
	for (const how of ["killed", "stopped"] as const) {
		test(`M1 M5 Redis ${how}: the chat continues, and no entry is missed`, async (t) => {
			const { redis } = running();
			const [one, other] = await startChat(t, running());
			const [ada, bob] = await Promise.all([one!.client("ada"), other!.client("bob")]);
			for (const person of [ada, bob]) await person.join("lobby");
			await ada.send("lobby", "before");
			await bob.entry("lobby", 1);

			if (how === "killed") await redis.kill();
			else redis.signal("SIGSTOP");
			for (const n of upTo(20)) await (n % 2 ? ada : bob).send("lobby", `away ${n}`);
			for (const person of [ada, bob]) await person.entry("lobby", 21);
			// A room that was never open before opens too.
			await ada.join("new");
			await ada.send("new", "hello");
			await ada.entry("new", 1);

			if (how === "killed") await redis.resume();
			else redis.signal("SIGCONT");
			for (const n of upTo(20)) await (n % 2 ? ada : bob).send("lobby", `back ${n}`);
			for (const person of [ada, bob]) {
				await person.entry("lobby", 41);
				assert.deepEqual(
					person.entries("lobby").map(({ seq }) => seq),
					upTo(41),
				);
				assert.ok(person.socket.connected);
			}
			await bob.join("new");
			await ada.send("new", "after");
			await bob.entry("new", 2);
		});
	}

	test("S3 a session that is revoked meanwhile is revoked on every process when Redis is back", async (t) => {
		const { redis } = running();
		const [one, other] = await startChat(t, running());
		const ada = await one!.client("ada");
		const tablet = await other!.connect(ada.session);
		await redis.kill();
		const headers = { authorization: `Bearer ${ada.session.token}` };
		assert.equal((await fetch(`${one!.url}/api/session`, { method: "DELETE", headers })).status, 204);
		await redis.resume();
		await tablet.until(() => !tablet.socket.connected, "the disconnect");
	});

	test("a process starts while Redis is unreachable, and joins the cluster when it is back", async (t) => {
		const { redis } = running();
		await redis.kill();
		const [one, other] = await startChat(t, running());
		const [ada, bob] = await Promise.all([one!.client("ada"), other!.client("bob")]);
		for (const person of [ada, bob]) await person.join("lobby");
		await ada.send("lobby", "found in the store");
		await bob.entry("lobby", 1);
		await redis.resume();
		await ada.until(() => ada.received("presence:diff").at(-1)?.count === 2, "bob");
	});
});

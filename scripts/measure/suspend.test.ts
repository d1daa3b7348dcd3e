import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runServer } from "../local-server/run-server.ts";
import { root } from "../root.ts";
import { signIn } from "../smoke/session.ts";
import { Member } from "./drain/member.ts";

/** Over the 30 s that count as a jump, with one look of 5 s in between. */
const SUSPENDED_MS = 37_000;
const PATIENCE_MS = 15_000;

test("after a suspend the server cuts every line, and people are back by themselves with nothing lost", async (t) => {
	const server = await runServer({ entry: join(root, "app", "main.ts") });
	t.after(() => server.stop());
	const members = await Promise.all(
		["ada", "ben"].map(async (name) => {
			const member = new Member(server.url, (await signIn(server.url, name)).token, "library");
			await member.enter();
			return member;
		}),
	);
	t.after(() => {
		for (const member of members) member.leave();
	});
	const [ada, ben] = members as [Member, Member];
	ada.say("before");
	await until(() => [...ben.timeline.values()].includes("before"));

	server.process.kill("SIGSTOP");
	ada.say("into the silence");
	await sleep(SUSPENDED_MS);
	server.process.kill("SIGCONT");

	await until(() => /the clock jumped/.test(server.output()));
	await until(() => members.every((member) => member.absencesMs.length === 1 && member.isThere));
	ben.say("after");
	await until(() => members.every((member) => member.seq === 3));
	for (const member of members) {
		assert.deepEqual([...member.timeline.values()], ["before", "into the silence", "after"]);
		assert.deepEqual(member.faults, { repeated: 0, holes: 0, startedOver: 0 });
	}
});

async function until(condition: () => boolean): Promise<void> {
	const deadline = performance.now() + PATIENCE_MS;
	while (!condition()) {
		assert.ok(performance.now() < deadline, "waited in vain");
		await sleep(20);
	}
}

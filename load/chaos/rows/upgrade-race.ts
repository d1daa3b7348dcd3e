import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../kit/random.ts";
import type { UserHistory } from "../check/history.ts";
import type { SimulatedUser } from "../users/simulated-user.ts";
import { settled, UserGroup } from "../users/user-group.ts";
import { type ChaosRow, startRowServer, stopAndCompare } from "./row.ts";

/** Users at a time; each of them is a round. */
const AT_ONCE = 10;
const MESSAGES = 8;
/** The upgrade takes some ten milliseconds; messages are sent before, during and after it. */
const SPAN_MS = 60;
const SETTLED_WITHIN_MS = 30_000;

export const upgradeRace: ChaosRow = {
	id: "upgrade-race",
	title: "sends during the upgrade from polling to WebSocket",
	expected: "order and number of messages kept",
	rounds: { full: 1_000, quick: 60 },
	async run(run) {
		const server = await startRowServer(run);
		const histories: UserHistory[] = [];
		let upgraded = 0;
		for (let done = 0; done < run.rounds; done += AT_ONCE) {
			const group = await UserGroup.start({
				url: server.url,
				rooms: 1,
				perRoom: Math.min(AT_ONCE, run.rounds - done),
				random: run.random.fork("users"),
				name: `racer ${done}`,
				reconnection: { transports: ["polling", "websocket"] },
			});
			run.cleanUp.add(() => group.stop());
			await Promise.all(group.users.map((user, index) => race(user, run.moments.fork(`${done} ${index}`))));
			const hasSettled = await settled(group.users, SETTLED_WITHIN_MS);
			run.expect(hasSettled, `Messages of the users from ${done} on were missing.`);
			upgraded += group.users.filter(({ socket }) => socket?.io.engine.transport.name === "websocket").length;
			group.stop();
			histories.push(...group.histories);
			run.progress(`${histories.length} of ${run.rounds} users`);
		}
		run.expect(upgraded > 0, "No connection was upgraded to WebSocket: nothing was tested.");
		await stopAndCompare(run, server, histories);
		run.figure("upgraded", String(upgraded));
	},
};

/** Sends messages from the join on, while the connection is upgraded. */
async function race(user: SimulatedUser, moments: Random): Promise<void> {
	const gaps = Array.from({ length: MESSAGES }, () => moments.between(0, Math.ceil((2 * SPAN_MS) / MESSAGES)));
	while (!user.isJoined) await sleep(1);
	for (const [index, gap] of gaps.entries()) {
		user.send(`${index} of ${user.history.user}`);
		await sleep(gap);
	}
}

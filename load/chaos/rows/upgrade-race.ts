import { setTimeout as sleep } from "node:timers/promises";
import type { PersonRecord } from "../check/record.ts";
import { Verdict } from "../check/verdict.ts";
import { Crowd } from "../people/crowd.ts";
import { settled } from "../people/settled.ts";
import type { Random } from "../schedule/random.ts";
import type { Row } from "./row.ts";
import { judgeRecords, openServer } from "./scene.ts";

/** People at a time; a round is one of them. */
const AT_ONCE = 10;
const MESSAGES = 8;
/** The change from polling to WebSocket takes some ten milliseconds; what is said falls before, into and after it. */
const SPAN_MS = 60;
const IN_TIMEOUT_MS = 30_000;

export const upgradeRace: Row = {
	id: "upgrade-race",
	title: "sends during the change from polling to WebSocket",
	expected: "order and count kept",
	rounds: { full: 1_000, quick: 60 },
	async run(stage) {
		const server = await openServer(stage);
		const moments = stage.random.fork("moments");
		const verdict = new Verdict();
		const records: PersonRecord[] = [];
		let changed = 0;
		for (let done = 0; done < stage.rounds; ) {
			const perRoom = Math.min(AT_ONCE, stage.rounds - done);
			const crowd = await Crowd.gather({
				url: server.url,
				rooms: 1,
				perRoom,
				random: stage.random.fork("people"),
				name: `racer ${done}`,
				manners: { transports: ["polling", "websocket"] },
			});
			stage.cleanUp.add(() => crowd.leave());
			await Promise.all(crowd.people.map((person, index) => race(person, moments.fork(`${done} ${index}`))));
			if (!(await settled(crowd.people, IN_TIMEOUT_MS)))
				verdict.complain(`Racers ${done} and on had no answer to everything.`);
			changed += crowd.people.filter(({ line }) => line?.io.engine.transport.name === "websocket").length;
			crowd.leave();
			records.push(...crowd.records);
			done += perRoom;
			stage.say(`round ${done} of ${stage.rounds}`);
		}
		if (changed === 0) verdict.complain("Nobody changed over to WebSocket: nothing was tried.");
		await judgeRecords(server, records, verdict);
		return { rounds: stage.rounds, verdict, figures: { "changed over": String(changed) } };
	},
};

/** Says something as soon as the line is up, and goes on while it changes. */
async function race(person: Crowd["people"][number], moments: Random): Promise<void> {
	const gaps = Array.from({ length: MESSAGES }, () => moments.between(0, Math.ceil((2 * SPAN_MS) / MESSAGES)));
	while (!person.isIn) await sleep(1);
	for (const [index, gap] of gaps.entries()) {
		person.say(`${index} of ${person.record.author}`);
		await sleep(gap);
	}
}

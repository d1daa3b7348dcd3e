import { setTimeout as sleep } from "node:timers/promises";
import { spread } from "../../kit/report.ts";
import { countInversions } from "../check/read-store.ts";
import { FakeClock, noFakeClock } from "../faults/fake-clock.ts";
import { type ChaosRow, connectUsers, startRowServer, stopAndCheck } from "./row.ts";

/** Seconds before or after the true time. */
const OFFSETS = ["+3600", "-3600", "+0", "+7200", "-60"] as const;
const UPTIME_MS = [500, 2_500] as const;
const CAUGHT_UP_WITHIN_MS = 60_000;

export const clockStep: ChaosRow = {
	id: "clock-step",
	title: "the clock is set, by an hour either way",
	expected: "order by `seq`, whatever the time",
	rounds: { full: 10, quick: 2 },
	obstacle: noFakeClock,
	async run(run) {
		const clock = new FakeClock(run.folder);
		const server = await startRowServer(run, { env: clock.env });
		const users = await connectUsers(run, server, { rooms: 2, perRoom: 4 });
		users.startSending({ perSecond: 60, chars: [8, 400] });
		let offset: string = "+0";
		for (const _ of run.eachRound()) {
			await run.pause(UPTIME_MS);
			offset = run.moments.pick(OFFSETS.filter((other) => other !== offset));
			clock.set(offset);
			run.progress(`${offset} s`);
			run.expect(await users.caughtUp(CAUGHT_UP_WITHIN_MS), "Not all messages were acked after the step.");
		}
		await sleep(UPTIME_MS[1]);
		await stopAndCheck(run, server, [users]);
		const inversions = countInversions(server.databasePath);
		run.expect(
			inversions + users.disconnects.length > 0,
			"The server did not see its clock change: nothing was tested.",
		);
		run.figure("times that go back in the log", String(inversions));
		run.figure("connections lost", String(users.disconnects.length));
		run.figure("ack", spread(users.ackMs(), "p99"));
	},
};

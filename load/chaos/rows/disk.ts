import { join } from "node:path";
import { count, MIB } from "../../kit/report.ts";
import type { Range, RowRun } from "../../kit/suite/row-run.ts";
import { failCalls, noStrace } from "../faults/failing-calls.ts";
import { mountSmallDisk, noSmallDisk } from "../faults/small-disk.ts";
import type { ChatProcess } from "../server/chat-process.ts";
import type { UserGroup } from "../users/user-group.ts";
import { expectNoOtherRefusals, expectRefusals } from "./outage.ts";
import { type ChaosRow, connectUsers, startRowServer, stopAndCheck } from "./row.ts";

const DISK_BYTES = 16 * MIB;
const FREE_BYTES = [0, 65_536] as const;
/** The system calls that fail on a broken disk: to sync, to write, or both. */
const FAILING_CALLS = ["fdatasync,fsync", "pwrite64", "pwrite64,fdatasync,fsync"] as const;
const UPTIME_MS = [300, 1_500] as const;
const BACK_WITHIN_MS = 30_000;
const READ_TIMEOUT_MS = 10_000;
const EXPECTED = "refused with `unavailable`; alive, readable, and writing again once the disk is back";

export const diskFull: ChaosRow = {
	id: "disk-full",
	title: "disk full",
	expected: EXPECTED,
	rounds: { full: 10, quick: 2 },
	obstacle: noSmallDisk,
	async run(run) {
		const disk = mountSmallDisk(run, DISK_BYTES);
		const server = await startRowServer(run, { env: { DATABASE_PATH: join(disk.path, "hubbub.db") } });
		await surviveOutages(run, server, {
			chars: [100, 3_500],
			// A full disk may still have room for a small write within the file: /readyz is not checked.
			isDead: false,
			failMs: [500, 2_500],
			fail: () => disk.fill(run.moments.between(...FREE_BYTES)),
			repair: () => disk.empty(),
			figure: "space to first ack",
		});
	},
};

export const ioError: ChaosRow = {
	id: "io-error",
	title: "I/O error",
	expected: EXPECTED,
	rounds: { full: 12, quick: 3 },
	obstacle: noStrace,
	async run(run) {
		const server = await startRowServer(run);
		let repair: (() => Promise<void>) | undefined;
		await surviveOutages(run, server, {
			chars: [8, 1_500],
			isDead: true,
			failMs: [300, 2_000],
			async fail() {
				const calls = run.moments.pick(FAILING_CALLS);
				run.progress(calls);
				repair = await failCalls(run, server.pid, server.databasePath, calls);
			},
			repair: () => repair?.(),
			figure: "repair to first ack",
		});
	},
};

type Outages = {
	/** The length of messages. */
	chars: Range;
	fail: () => Promise<void> | void;
	/** How long the disk fails after the first refusal. */
	failMs: Range;
	repair: () => Promise<void> | void;
	/** Whether no write at all can succeed meanwhile. */
	isDead: boolean;
	/** The name of the time from the repair to the next ack. */
	figure: string;
};

/** Lets the disk fail in each round. Sends are refused, the process lives, history is served, and acks come back. */
async function surviveOutages(run: RowRun, server: ChatProcess, outages: Outages): Promise<void> {
	const { chars, fail, failMs, repair, isDead, figure } = outages;
	const users = await connectUsers(run, server, { rooms: 2, perRoom: 4 });
	users.startSending({ perSecond: 60, chars, maxUnacked: 20 });
	for (const _ of run.eachRound()) {
		await run.pause(UPTIME_MS);
		await expectRefusals(run, users, fail);
		await run.pause(failMs);
		if (!server.isRunning) run.problem(`The process ended:\n${server.tail()}`);
		else if (isDead) run.expect(!(await server.isReady()), "/readyz reported that the server could write.");
		run.expect(await canRead(users), "History was not served meanwhile.");
		await repair();
		await run.measure(figure, BACK_WITHIN_MS, (ms) => users.nextAck(ms));
	}
	expectNoOtherRefusals(run, users);
	await stopAndCheck(run, server, [users]);
	run.figure("refusals", count(users.refused("unavailable")));
}

/** Resolves to whether a user who is in a room gets a page of its history. */
async function canRead({ users }: UserGroup): Promise<boolean> {
	const reader = users.find(({ isJoined }) => isJoined);
	if (!reader?.socket) return false;
	const request = { room: reader.history.room, limit: 10 };
	const ack = await reader.socket
		.timeout(READ_TIMEOUT_MS)
		.emitWithAck("message:history", request)
		.catch(() => undefined);
	return ack?.ok === true && ack.data.messages.length > 0;
}

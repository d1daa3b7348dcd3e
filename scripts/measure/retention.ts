/** Measures retention: how long it takes to delete many messages, and how long the acks of others take meanwhile. */
import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Append } from "../../app/room/ports/log.ts";
import type { Store } from "../../app/room/ports/store.ts";
import { openStore } from "../../app/store/open.ts";
import { EXIT_CODE, readFlags, readWhole, runCommand, SWITCH, TEXT } from "../../load/kit/cli.ts";
import { median, percentileOf } from "../../load/kit/latency.ts";
import { TempFolder } from "../../load/kit/temp-folder.ts";

const MESSAGES = 1_090_000;
const ROOMS = 50;
const PEOPLE = 500;
const BATCH = 2_000;
const BODY = "a message of about as many characters as people write when they explain something, with some more ";
const BODY_REPEATS = 3;
/** Others send a message this often. */
const SEND_EVERY_MS = 20;
const OLD = 1_000_000;
const NEW = 2_000_000;
const GOALS = { seconds: 60, ackMs: 100, keptShare: 0.25 };
const HELP = `Measures retention: how long it takes to delete messages that are too old, while others send.

  npm run measure:retention -- [--messages ${MESSAGES}]

It stores messages of ${BODY.length * BODY_REPEATS} characters in ${ROOMS} rooms and deletes all of them, while a message is sent every ${SEND_EVERY_MS} ms.
The store is a new SQLite file, or the empty PostgreSQL database that DATABASE_URL names. Exits with 1 if a goal is missed:
${GOALS.seconds} s, an ack of ${GOALS.ackMs} ms at most, and a file of ${GOALS.keptShare} of its size at most.`;

await runCommand(async (args) => {
	const flags = readFlags("npm run measure:retention", args, { messages: TEXT, help: SWITCH });
	if (flags.help) {
		console.log(HELP);
		return EXIT_CODE.passed;
	}
	const count = readWhole("--messages", flags.messages ?? String(MESSAGES), 100_000_000, 1_000);
	using folder = new TempFolder("hubbub-retention-");
	const path = folder.file("hubbub.db");
	const databaseUrl = process.env.DATABASE_URL;
	const store = await openStore({ databasePath: path, ...(databaseUrl && { databaseUrl }) });
	try {
		await fill(store, count);
		const before = await bytesOf(store, path);
		const { seconds, acksMs } = await deleteAll(store, count);
		const after = await bytesOf(store, path);
		const slowest = Math.max(...acksMs);
		console.log(`${count} messages were deleted in ${seconds.toFixed(1)} s`);
		console.log(
			`${acksMs.length} acks meanwhile: median ${median(acksMs).toFixed(1)} ms, 99th percentile ${percentileOf(acksMs, 99).toFixed(1)} ms, at most ${slowest.toFixed(1)} ms`,
		);
		if (!databaseUrl) console.log(`the file was ${megabytes(before)} MB, and is ${megabytes(after)} MB`);
		const isMet = seconds <= GOALS.seconds && slowest <= GOALS.ackMs && after <= before * GOALS.keptShare;
		return isMet ? EXIT_CODE.passed : EXIT_CODE.failed;
	} finally {
		await store.close();
	}
});

function message(room: number, person: number, createdAt: number): Append {
	const author = { id: `person-${person}`, name: `Person ${person}` };
	const content = { body: BODY.repeat(BODY_REPEATS) };
	return { kind: "message", room: `room ${room}`, author, clientId: randomUUID(), content, createdAt };
}

async function fill(store: Store, count: number): Promise<void> {
	for (let stored = 0; stored < count; stored += BATCH) {
		const size = Math.min(BATCH, count - stored);
		await store.append(Array.from({ length: size }, (_, at) => message(at % ROOMS, at % PEOPLE, OLD)));
	}
}

async function deleteAll(store: Store, count: number): Promise<{ seconds: number; acksMs: number[] }> {
	const startedAt = performance.now();
	let isOver = false;
	const deleting = store.prune(NEW).then((deleted) => {
		isOver = true;
		if (deleted < count) throw new Error(`Only ${deleted} of ${count} messages were deleted.`);
		return (performance.now() - startedAt) / 1_000;
	});
	const acksMs: number[] = [];
	for (let sent = 0; !isOver; sent++) {
		const sentAt = performance.now();
		await store.append([message(sent % ROOMS, sent % PEOPLE, NEW)]);
		acksMs.push(performance.now() - sentAt);
		await sleep(SEND_EVERY_MS);
	}
	return { seconds: await deleting, acksMs };
}

/** The size of a file whose write-ahead log has been copied into it. */
async function bytesOf(store: Store, path: string): Promise<number> {
	await store.ping();
	return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(1);
}

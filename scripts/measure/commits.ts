/** What a store can take: commits and rows a second, alone and with several processes on the same room. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Append, Store } from "../../app/room/ports.ts";
import { openStore } from "../../app/store/open.ts";

const HELP = `Measures how many commits and rows a second a store takes, on this machine's disk.

  npm run measure:commits -- [--seconds 3]

SQLite in a temporary folder; and PostgreSQL as well where DATABASE_URL names an empty database, which is written to.
Each line: so many writers (each a process' own connections), the rooms that they write in, and the rows of a commit.`;

/** Writers, whether all write in one room, rows of each commit. */
const CASES = [
	{ writers: 1, sameRoom: true, rows: 1 },
	{ writers: 1, sameRoom: true, rows: 16 },
	{ writers: 1, sameRoom: true, rows: 256 },
	{ writers: 3, sameRoom: true, rows: 1 },
	{ writers: 3, sameRoom: true, rows: 16 },
	{ writers: 3, sameRoom: false, rows: 1 },
	{ writers: 3, sameRoom: false, rows: 16 },
] as const;
type Case = (typeof CASES)[number];

const { values } = parseArgs({
	options: { seconds: { type: "string", default: "3" }, help: { type: "boolean", default: false } },
});
const seconds = Number(values.seconds);

if (values.help) {
	console.log(HELP);
} else if (!(seconds >= 1 && seconds <= 60)) {
	console.error(`--seconds is a number from 1 to 60.\n\n${HELP}`);
	process.exitCode = 2;
} else {
	console.log("| store | writers | rooms | rows a commit | commits/s | rows/s |\n|---|--:|--:|--:|--:|--:|");
	const folder = mkdtempSync(join(tmpdir(), "hubbub-commits-"));
	try {
		await measure("SQLite", () => openStore({ databasePath: join(folder, "hubbub.db") }), 1);
		const databaseUrl = process.env.DATABASE_URL;
		if (databaseUrl) await measure("PostgreSQL", () => openStore({ databasePath: "", databaseUrl }), 3);
		else console.error("PostgreSQL is left out: DATABASE_URL names no database.");
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** A SQLite file has one writer: that is what SQLite is. */
async function measure(name: string, open: () => Promise<Store>, mostWriters: number): Promise<void> {
	const stores: Store[] = [];
	for (let index = 0; index < mostWriters; index++) stores.push(await open());
	for (const one of CASES.filter(({ writers }) => writers <= mostWriters)) {
		const commits = await commitsPerSecond(stores.slice(0, one.writers), one);
		const rooms = one.sameRoom ? 1 : one.writers;
		const cells = [name, one.writers, rooms, one.rows, Math.round(commits), Math.round(commits * one.rows)];
		console.log(`| ${cells.map((cell) => cell.toLocaleString("en")).join(" | ")} |`);
	}
	for (const store of stores) await store.close();
}

/** Each writer begins its next commit when the one before has ended, as a lane does. */
async function commitsPerSecond(stores: readonly Store[], { sameRoom, rows }: Case): Promise<number> {
	const end = performance.now() + seconds * 1_000;
	let commits = 0;
	const write = async (store: Store, index: number) => {
		const room = sameRoom ? "one" : `room ${index}`;
		for (; performance.now() < end; commits++) await store.append(Array.from({ length: rows }, () => message(room)));
	};
	const startedAt = performance.now();
	await Promise.all(stores.map(write));
	return (commits * 1_000) / (performance.now() - startedAt);
}

function message(room: string): Append {
	return {
		kind: "message",
		room,
		author: { id: "measurer", name: "Measurer" },
		clientId: randomUUID(),
		content: { body: "a message of some sixty characters, as people write them to a chat" },
		createdAt: Date.now(),
	};
}

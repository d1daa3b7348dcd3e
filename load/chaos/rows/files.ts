import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { count, MIB } from "../../kit/report.ts";
import { signIn } from "../../kit/sign-in.ts";
import type { RowRun } from "../../kit/suite/row-run.ts";
import { becomesTrue } from "../../kit/wait-for.ts";
import { checkFiles } from "../check/check-files.ts";
import { boundFiles } from "../check/read-store.ts";
import { mountSmallDisk, noSmallDisk } from "../faults/small-disk.ts";
import type { ChatProcess } from "../server/chat-process.ts";
import { FileSender, hashOf } from "../users/file-sender.ts";
import { type ChaosRow, startRowServer } from "./row.ts";

const SENDERS = 6;
/** More than the server keeps free for messages. */
const DISK_BYTES = 128 * MIB;
const FREE_BYTES = [0, 65_536] as const;
const UPTIME_MS = [200, 1_200] as const;
const FULL_MS = [300, 1_500] as const;
const BACK_WITHIN_MS = 30_000;
const SWEEP = fileURLToPath(new URL("../testing/sweep-files.ts", import.meta.url));
const EXPECTED = "no message without its files, and no file without its message after the sweep";

export const filesKill9: ChaosRow = {
	id: "files-kill9",
	title: "`kill -9` during uploads and removals",
	expected: EXPECTED,
	rounds: { full: 50, quick: 3 },
	async run(run) {
		const server = await startRowServer(run);
		const senders = await startSenders(run, server);
		for (const _ of run.eachRound()) {
			await run.pause(UPTIME_MS);
			await server.kill();
			await server.start();
			await expectAck(run, senders, "restart to first ack");
		}
		await stopAndCheckFiles(run, server, senders);
	},
};

export const filesDiskFull: ChaosRow = {
	id: "files-disk-full",
	title: "disk full during uploads and removals",
	expected: EXPECTED,
	rounds: { full: 10, quick: 2 },
	obstacle: noSmallDisk,
	async run(run) {
		const disk = mountSmallDisk(run, DISK_BYTES);
		const server = await startRowServer(run, { env: { DATABASE_PATH: join(disk.path, "hubbub.db") } });
		const senders = await startSenders(run, server);
		for (const _ of run.eachRound()) {
			await run.pause(UPTIME_MS);
			const before = retriesOf(senders);
			disk.fill(run.moments.between(...FREE_BYTES));
			const isRefused = await becomesTrue(BACK_WITHIN_MS, () => retriesOf(senders) > before);
			run.expect(isRefused, "The disk was full, and no upload was refused.");
			await run.pause(FULL_MS);
			run.expect(server.isRunning, "The process ended.");
			disk.empty();
			await expectAck(run, senders, "space to first ack");
		}
		await stopAndCheckFiles(run, server, senders);
	},
};

function startSenders(run: RowRun, { url }: ChatProcess): Promise<FileSender[]> {
	return Promise.all(
		Array.from({ length: SENDERS }, async (_, number) => {
			const session = await signIn(url, `sender ${number}`);
			return new FileSender({ url, session, room: "files", random: run.random.fork(`sender ${number}`) });
		}),
	);
}

async function expectAck(run: RowRun, senders: readonly FileSender[], figure: string): Promise<void> {
	const before = ackedBy(senders);
	await run.measure(figure, BACK_WITHIN_MS, (ms) => becomesTrue(ms, () => ackedBy(senders) > before));
}

/** Waits until everything is acked, stops the server, and compares the files with what was sent, after a sweep. */
async function stopAndCheckFiles(run: RowRun, server: ChatProcess, senders: readonly FileSender[]): Promise<void> {
	await Promise.all(senders.map((sender) => sender.stop()));
	for (const refusal of senders.flatMap(({ refusals }) => refusals)) run.problem(refusal);
	const code = await server.stop();
	run.expect(code === 0, `The server ended with exit code ${code}.`);
	const { databasePath } = server;
	const env = { ...process.env, DATABASE_PATH: databasePath, LOG_LEVEL: "warn" };
	const swept = spawnSync(process.execPath, [SWEEP], { env, encoding: "utf8" });
	run.expect(swept.status === 0, `The sweep failed: ${swept.stderr}`);
	const contents = contentsIn(join(dirname(databasePath), "files"));
	run.findings.add(
		checkFiles(
			senders.flatMap(({ messages }) => messages),
			boundFiles(databasePath),
			contents,
		),
	);
	run.figure("files", count(contents.size));
	run.figure("requests repeated", count(retriesOf(senders)));
}

/** Returns the hash of every content in the folder, complete or not, by its name. */
function contentsIn(folder: string): Map<string, string> {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	return new Map(entries.map(({ parentPath, name }) => [name, hashOf(readFileSync(join(parentPath, name)))]));
}

function ackedBy(senders: readonly FileSender[]): number {
	return senders.flatMap(({ messages }) => messages).filter(({ seq }) => seq !== undefined).length;
}

function retriesOf(senders: readonly FileSender[]): number {
	return senders.reduce((sum, { retries }) => sum + retries, 0);
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../local-server/free-port.ts";
import { runServer } from "../../local-server/run-server.ts";
import { signIn } from "../../smoke/session.ts";
import { type Audit, audit } from "./audit.ts";
import { type Faults, Member } from "./member.ts";

export type Plan = {
	/** The server's file. */
	entry: string;
	members: number;
	roomSize: number;
	messagesPerSecond: number;
	/** How long they talk before the restart, and at least after it. */
	talkMs: number;
};

export type Outcome = Audit &
	Faults & {
		sent: number;
		acked: number;
		exitCode: number | null;
		/** From SIGTERM to the end of the process. */
		drainMs: number;
		/** From SIGTERM to the next server being ready. */
		downMs: number;
		/** From each lost line to being back in the room. */
		absencesMs: number[];
	};

const JOINING_AT_ONCE = 25;
const POLL_MS = 50;
const SETTLE_TIMEOUT_MS = 90_000;

/** Everybody talks, the server is told to end, another one takes its place, everybody talks on. */
export async function rollingRestart(plan: Plan, say: (progress: string) => void): Promise<Outcome> {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-drain-"));
	const database = join(folder, "hubbub.db");
	const limits = ["MESSAGES_PER_S", "JOINS_PER_S", "SESSIONS_PER_S", "CONNECTIONS_PER_USER", "CONNECTIONS_PER_ADDRESS"];
	const env = {
		PORT: String(await freePort()),
		DATABASE_PATH: database,
		LOG_LEVEL: "warn",
		...Object.fromEntries(limits.map((limit) => [`LIMIT_${limit}`, "0"])),
	};
	const start = () => runServer({ entry: plan.entry, env });

	let server = await start();
	const members: Member[] = [];
	const talk = new AbortController();
	try {
		say(`${plan.members} join`);
		while (members.length < plan.members) members.push(...(await enter(server.url, members.length, plan)));
		const talking = talkUntil(members, plan.messagesPerSecond, talk.signal);
		await sleep(plan.talkMs);

		say("SIGTERM");
		const began = performance.now();
		const exitCode = await server.stop();
		const drainMs = performance.now() - began;
		server = await start();
		const downMs = performance.now() - began;

		say("waiting for all to be back");
		await sleep(plan.talkMs);
		await until(() => members.every((member) => member.isThere), "not everybody came back");
		talk.abort();
		const sent = await talking;
		await until(() => isSettled(members), "not everything was acked and delivered");
		for (const member of members) member.leave();
		const faults = sumOf(members.map((member) => member.faults));
		const acked = members.reduce((sum, member) => sum + member.acked.size, 0);
		const absencesMs = members.flatMap((member) => member.absencesMs);
		return { ...faults, ...audit(database, members), sent, acked, exitCode, drainMs, downMs, absencesMs };
	} finally {
		talk.abort();
		for (const member of members) member.leave();
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function enter(url: string, from: number, { members, roomSize }: Plan): Promise<Member[]> {
	const count = Math.min(JOINING_AT_ONCE, members - from);
	return Promise.all(
		Array.from({ length: count }, async (_, index) => {
			const number = from + index;
			const { token } = await signIn(url, `member ${number}`);
			const member = new Member(url, token, `room ${Math.floor(number / roomSize)}`);
			await member.enter();
			return member;
		}),
	);
}

/** Members in turn say something, at a steady rate; how many texts it was in the end. */
async function talkUntil(members: Member[], messagesPerSecond: number, signal: AbortSignal): Promise<number> {
	const began = performance.now();
	let sent = 0;
	while (!signal.aborted) {
		const due = ((performance.now() - began) / 1000) * messagesPerSecond;
		for (; sent < due; sent += 1) members[sent % members.length]!.say(`text ${sent}`);
		await sleep(POLL_MS);
	}
	return sent;
}

function isSettled(members: Member[]): boolean {
	if (members.some((member) => member.unacked > 0)) return false;
	const rooms = Map.groupBy(members, (member) => member.room).values();
	return rooms.every((inside) => new Set(inside.map((member) => member.seq)).size === 1);
}

async function until(condition: () => boolean, complaint: string): Promise<void> {
	const deadline = performance.now() + SETTLE_TIMEOUT_MS;
	while (!condition()) {
		if (performance.now() > deadline) throw new Error(`After ${SETTLE_TIMEOUT_MS / 1000} s ${complaint}.`);
		await sleep(POLL_MS);
	}
}

function sumOf(all: Faults[]): Faults {
	const sum: Faults = { repeated: 0, holes: 0, startedOver: 0 };
	for (const one of all) {
		sum.repeated += one.repeated;
		sum.holes += one.holes;
		sum.startedOver += one.startedOver;
	}
	return sum;
}

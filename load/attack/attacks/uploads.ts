import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../kit/random.ts";
import { RawConnection } from "../../kit/raw-connection.ts";
import { becomesTrue } from "../../kit/wait-for.ts";
import { type HttpCall, HttpCaller } from "../tools/http-caller.ts";
import type { Attack } from "./attack.ts";
import type { AttackRun } from "./attack-run.ts";

const ATTACKERS = 20;
const EACH = 20;
/** Uploads of one person at a time. */
const PARALLEL = 6;
const BYTE_INTERVAL_MS = 250;
const SEEN_WITHIN_MS = 5_000;
const MEGABYTE = Buffer.alloc(1_000_000, "x");

export const slowUploads: Attack = {
	id: "slow-uploads",
	title: `${ATTACKERS} people with ${EACH} uploads each that arrive byte by byte`,
	expected: `${PARALLEL} of each person at most, for 30 s each`,
	unit: "uploads",
	growthMiB: 128,
	maxAccepted: () => ATTACKERS * PARALLEL,
	hasToCount: "disconnected",
	async run(attack) {
		const { counts, room } = attack;
		const attackers = await attack.signIn(ATTACKERS);
		const connections = attackers.flatMap(({ from, session }) =>
			Array.from({ length: EACH }, () => {
				const connection = new RawConnection(attack.url, from);
				connection.socket.resume();
				const head = [
					`POST /api/files?room=${encodeURIComponent(room)} HTTP/1.1`,
					"Host: chat.local",
					`Authorization: Bearer ${session.token}`,
					"Content-Length: 1000000",
				];
				connection.write(`${head.join("\r\n")}\r\n\r\n`);
				counts.tried++;
				return connection;
			}),
		);
		while (!attack.isOver) {
			for (const connection of connections) if (connection.isOpen) connection.write("x");
			await sleep(BYTE_INTERVAL_MS);
		}
		const open = () => connections.filter(({ isOpen }) => isOpen).length;
		await becomesTrue(SEEN_WITHIN_MS, () => open() <= ATTACKERS * PARALLEL, BYTE_INTERVAL_MS);
		counts.accepted = open();
		counts.disconnected = connections.length - counts.accepted;
		for (const connection of connections) connection.destroy();
	},
};

const NAMES = [
	"../../etc/passwd",
	'x"; filename="y.html',
	"\u202egnp.exe",
	"x".repeat(3_000),
	"\0",
	"",
	"CON",
	"a/b\\c",
];
const CONTENTS = [
	Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
	Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 1]),
	Buffer.from("RIFF\xff\xff\xff\xffWEBPVP8X\xff\xff\xff\xff", "latin1"),
	Buffer.from("<svg onload=alert(1)>"),
	Buffer.alloc(0),
	MEGABYTE,
];
const RANGES = ["bytes=0-", "bytes=-1", "bytes=9999999999999-", "bytes=5-1", `bytes=${"0-1,".repeat(1_000)}`, "x"];

function oddCall(random: Random, room: string, token: string): HttpCall {
	const headers: Record<string, string> = { authorization: `Bearer ${token}`, "content-type": "image/png" };
	if (random.between(0, 3) === 0)
		return { path: `/api/files/${"0".repeat(32)}`, headers: { ...headers, range: random.pick(RANGES) } };
	const query = new URLSearchParams({ room: random.pick([room, "nowhere", ""]), name: random.pick(NAMES) });
	return { method: "POST", path: `/api/files?${query}`, headers, body: random.pick(CONTENTS) };
}

export const oddUploads: Attack = {
	id: "upload-fuzz",
	title: "uploads and downloads of several people with contents, names, rooms and ranges that make no sense",
	expected: "answered, and never with 5xx but 503",
	unit: "requests",
	growthMiB: 192,
	hasToCount: "refused",
	env: { LIMIT_FILES_BYTES: "50000000" },
	async run(attack: AttackRun) {
		const attackers = await attack.signIn(ATTACKERS);
		const callers = attackers.map(({ from, session }) => ({ session, caller: new HttpCaller(attack.url, from, 4) }));
		await attack.repeat(32, async (turn) => {
			const { session, caller } = callers[turn % callers.length]!;
			const call = oddCall(attack.random, attack.room, session.token);
			const { status } = await caller.call(call);
			attack.countStatus(status);
			if (status >= 500 && status !== 503) attack.problem(`${call.path.slice(0, 80)} was answered ${status}.`);
		});
		for (const { caller } of callers) caller.close();
	},
};

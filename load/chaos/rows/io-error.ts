import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../check/verdict.ts";
import { spread } from "../report/figures.ts";
import { complainOfOtherRefusals, surviveOutage } from "./outage.ts";
import type { Row, Stage } from "./row.ts";
import { judge, openCrowd, openServer } from "./scene.ts";

const MESSAGES_PER_S = 60;
const LIFE_MS = { least: 300, most: 1_500 };
const BROKEN_MS = { least: 300, most: 2_000 };
const ATTACH_TIMEOUT_MS = 10_000;
/** What a disk that breaks may fail in: syncing, writing, or both. */
const FAILING_CALLS = ["fdatasync,fsync", "pwrite64", "pwrite64,fdatasync,fsync"] as const;

export const ioError: Row = {
	id: "io-error",
	title: "I/O error",
	expected: "refused with `unavailable`, alive, readable, well again by itself",
	rounds: { full: 12, quick: 3 },
	obstacle: noStrace,
	async run(stage) {
		const server = await openServer(stage);
		const crowd = await openCrowd(stage, server, { rooms: 2, perRoom: 4 });
		const moments = stage.random.fork("moments");
		const verdict = new Verdict();
		const recoveriesMs: number[] = [];
		crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, { least: 8, most: 1_500, unacked: 20 });
		for (let round = 1; round <= stage.rounds; round++) {
			await sleep(moments.between(LIFE_MS.least, LIFE_MS.most));
			const calls = moments.pick(FAILING_CALLS);
			const failMs = moments.between(BROKEN_MS.least, BROKEN_MS.most);
			let strace: ChildProcess | undefined;
			const disk = {
				async fail() {
					strace = await breakCalls(stage, server.pid, server.databasePath, calls);
				},
				mend: () => detach(strace!),
				failMs,
				isDead: true,
			};
			const recoveryMs = await surviveOutage(server, crowd, disk, verdict);
			if (recoveryMs !== undefined) recoveriesMs.push(recoveryMs);
			stage.say(`round ${round} of ${stage.rounds}: ${calls}`);
		}
		complainOfOtherRefusals(crowd, verdict);
		await judge(server, [crowd], verdict);
		const refusals = (crowd.refusals.get("unavailable") ?? 0).toLocaleString("en");
		return { rounds: stage.rounds, verdict, figures: { "well to first ack": spread(recoveriesMs), refusals } };
	},
};

function noStrace(): string | undefined {
	if (process.platform !== "linux") return "needs Linux, for strace";
	if (spawnSync("strace", ["-V"]).error) return "needs strace";
	// Whether it may attach to what it did not start is the system's choice.
	const sleeper = spawn("sleep", ["60"], { stdio: "ignore" });
	const attempt = `timeout 1 strace -p ${sleeper.pid} -e trace=none`;
	const { status, stderr } = spawnSync("sh", ["-c", attempt], { encoding: "utf8" });
	sleeper.kill("SIGKILL");
	return status === 124 || /attached/.test(stderr) ? undefined : "strace may not attach to a process here";
}

/** These calls on the database's files fail from now on with an I/O error. */
async function breakCalls({ cleanUp }: Stage, pid: number, path: string, calls: string): Promise<ChildProcess> {
	const files = ["", "-wal", "-journal"].flatMap((part) => ["-P", path + part]);
	const strace = spawn("strace", ["-f", "-p", String(pid), ...files, "-e", `inject=${calls}:error=EIO`], {
		stdio: ["ignore", "ignore", "pipe"],
	});
	cleanUp.add(() => strace.kill("SIGKILL"));
	await new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error("strace did not attach in time.")), ATTACH_TIMEOUT_MS);
		strace.stderr.once("data", () => {
			clearTimeout(timer);
			resolve();
		});
		strace.once("exit", () => reject(new Error("strace ended by itself.")));
	});
	// What it reports has to be read, or it stops, and the server with it.
	strace.stderr.resume();
	return strace;
}

async function detach(strace: ChildProcess): Promise<void> {
	const gone = once(strace, "exit");
	strace.kill("SIGINT");
	await gone;
}

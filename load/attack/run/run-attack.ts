import { setTimeout as sleep } from "node:timers/promises";
import { connectUsers, startRowServer, stopAndCheck } from "../../chaos/rows/row.ts";
import { PostgresChat } from "../../chaos/server/postgres-chat.ts";
import type { UserGroup } from "../../chaos/users/user-group.ts";
import { MemoryWatch } from "../../kit/memory-watch.ts";
import { MIB, mebibytes, percent } from "../../kit/report.ts";
import { LIFTED_LIMITS } from "../../kit/server-process.ts";
import type { RowRun } from "../../kit/suite/row-run.ts";
import { becomesTrue } from "../../kit/wait-for.ts";
import type { Attack } from "../attacks/attack.ts";
import type { AttackCounts } from "../attacks/attack-run.ts";
import { deliveryMs } from "../measure/bystanders.ts";
import { added, readServerCounts } from "../measure/server-counts.ts";
import { bystandersAddress } from "../tools/addresses.ts";
import { startAttackers } from "./start-attackers.ts";

const BYSTANDERS = { rooms: 1, perRoom: 8, name: "bystander", from: bystandersAddress };
const TRAFFIC = { perSecond: 24, chars: [8, 200] } as const;
const READY_WITHIN_MS = 10_000;

/** The server's defaults: `NAME=` means "not set". */
const DEFAULT_LIMITS = Object.fromEntries(Object.keys(LIFTED_LIMITS).map((name) => [name, ""]));

export type AttackTimes = { calmS: number; attackS: number; restS: number };

/** What was measured of one attack. */
export type MeasuredAttack = {
	counts: AttackCounts;
	/** The bystanders' messages, ms: from the first send to the ack, and to each of the others. */
	calm: { ackMs: number[]; deliveryMs: number[] };
	during: { ackMs: number[]; deliveryMs: number[] };
	memory: { beforeBytes: number; peakBytes: number; afterBytes: number };
	lag: { p99Ms: number; maxMs: number };
	/** Of one core. */
	cpuShare: number;
	refusals: Record<string, number>;
	disconnects: Record<string, number>;
};

/** Attacks a server while bystanders chat, and checks the server, the bystanders and the bounds of the attack. */
export async function runAttack(attack: Attack, run: RowRun, times: AttackTimes): Promise<MeasuredAttack> {
	const settings = typeof attack.env === "function" ? attack.env(run.folder) : attack.env;
	const env = { ...DEFAULT_LIMITS, ...settings };
	const statement = attack.postgres?.(run.quick);
	const server = statement ? await PostgresChat.open(run, env, statement) : await startRowServer(run, { env });
	const bystanders = await connectUsers(run, server, BYSTANDERS);
	const { room } = bystanders.histories[0]!;
	bystanders.startSending(TRAFFIC);
	const calmFrom = performance.now();
	await sleep(times.calmS * 1_000);
	const before = await readServerCounts(server.url);
	using memory = new MemoryWatch(server.pid);
	const beforeBytes = memory.now();
	const startedAt = performance.now();
	run.progress(`${attack.title}: ${attack.hasToGrow ? "at most " : ""}${times.attackS} s`);
	const seed = run.random.fork("attack").next().toString();
	const { url } = server;
	const task = { id: attack.id, seed, url, room, seconds: times.attackS, quick: run.quick };
	const hasGrown = () => memory.peakBytes - beforeBytes > attack.growthMiB * MIB;
	const counts = await startAttackers(task, () => attack.hasToGrow === true && hasGrown());
	const endedAt = performance.now();
	const seconds = (endedAt - startedAt) / 1_000;
	const { peakBytes } = memory;
	const after = server.isRunning ? await readServerCounts(url).catch(() => undefined) : undefined;
	await sleep(times.restS * 1_000);
	const afterBytes = memory.now();
	const refusals = added(before.refusals, after?.refusals ?? {});
	const cpuShare = ((after?.cpuSeconds ?? 0) - before.cpuSeconds) / seconds;

	if (!server.isRunning) run.problem(`The server ended. ${server.tail()}`);
	else if (!(await becomesTrue(READY_WITHIN_MS, () => server.isReady())))
		run.problem(`/readyz was not answered with 200 within ${READY_WITHIN_MS / 1_000} s.`);
	checkGrowth(attack, peakBytes - beforeBytes, run);
	checkCounts(attack, counts, seconds, run);
	const { maxCpuShare = Number.POSITIVE_INFINITY } = attack;
	run.expect(
		cpuShare <= maxCpuShare,
		`The server used ${percent(cpuShare)} of a core, more than ${percent(maxCpuShare)}.`,
	);
	if (refusals.internal !== undefined) run.problem(`${refusals.internal} answers were \`internal\`.`);
	if (!attack.hasToGrow) checkBystanders(bystanders, run);
	await stopAndCheck(run, server, [bystanders]);

	const spanOf = (from: number, to: number) => ({
		ackMs: bystanders.ackMs(from, to),
		deliveryMs: deliveryMs(bystanders.histories, from, to),
	});
	return {
		counts,
		calm: spanOf(calmFrom, startedAt),
		during: spanOf(startedAt, endedAt),
		memory: { beforeBytes, peakBytes, afterBytes },
		lag: { p99Ms: after?.lagP99Ms ?? Number.NaN, maxMs: after?.lagMaxMs ?? Number.NaN },
		cpuShare,
		refusals,
		disconnects: added(before.disconnects, after?.disconnects ?? {}),
	};
}

function checkGrowth({ growthMiB, hasToGrow = false }: Attack, bytes: number, run: RowRun): void {
	const hasGrown = bytes > growthMiB * MIB;
	if (hasGrown && !hasToGrow) run.problem(`Memory grew by ${mebibytes(bytes)}, more than ${growthMiB} MiB.`);
	if (!hasGrown && hasToGrow)
		run.problem(`Memory was not found to grow (${mebibytes(bytes)}): no other row proves anything.`);
}

/**
 * No attack may disconnect a user who keeps within the limits, or have them refused. A server without limits on reads does:
 * messages that wait for its event loop are counted together.
 */
function checkBystanders({ disconnects, refusals }: UserGroup, run: RowRun): void {
	const [first] = disconnects;
	if (first) run.problem(`${disconnects.length} bystanders were disconnected: ${first.reason}.`);
	for (const [code, count] of refusals) run.problem(`Bystanders were refused ${count} times: ${code}.`);
}

function checkCounts(
	{ unit, maxAccepted, hasToCount }: Attack,
	counts: AttackCounts,
	seconds: number,
	run: RowRun,
): void {
	for (const problem of counts.problems) run.problem(problem);
	const most = Math.floor(maxAccepted?.(seconds) ?? Number.POSITIVE_INFINITY);
	run.expect(counts.accepted <= most, `${counts.accepted} ${unit} were accepted, more than ${most}.`);
	if (hasToCount) run.expect(counts[hasToCount] > 0, `No ${unit} were ${hasToCount}.`);
}

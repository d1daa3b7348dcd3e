import { setTimeout as sleep } from "node:timers/promises";
import { Verdict } from "../../chaos/check/verdict.ts";
import type { Crowd } from "../../chaos/people/crowd.ts";
import { within } from "../../chaos/people/within.ts";
import { mebibytes } from "../../chaos/report/figures.ts";
import type { Stage } from "../../chaos/rows/row.ts";
import { judge, openCrowd, openServer } from "../../chaos/rows/scene.ts";
import type { ChatProcess } from "../../chaos/server/chat-process.ts";
import type { Account, Attack } from "../attacks/attack.ts";
import { deliveryMs } from "../judge/bystanders.ts";
import { MemoryWatch } from "../judge/memory-watch.ts";
import { added, readCounts } from "../judge/server-counts.ts";
import { bystandersAddress } from "../tools/addresses.ts";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import { letLoose } from "./let-loose.ts";

const BYSTANDERS = 8;
const MESSAGES_PER_S = 24;
const BODY_CHARS = { least: 8, most: 200 };
const READY_WITHIN_MS = 10_000;
const MEBIBYTE = 1_048_576;

export type Times = { calmS: number; attackS: number; restS: number };

/** What was measured of one attack. */
export type Measured = {
	account: Account;
	/** What the bystanders were told of, ms: from the first try to the ack, and to each of the others. */
	calm: { ackMs: number[]; deliveryMs: number[] };
	during: { ackMs: number[]; deliveryMs: number[] };
	memory: { beforeBytes: number; peakBytes: number; afterBytes: number };
	lag: { p99Ms: number; maxMs: number };
	/** Of one core. */
	cpuShare: number;
	refusals: Record<string, number>;
	cuts: Record<string, number>;
};

/** A server, bystanders who talk, an attack, and what became of all of them. */
export async function besiege(
	attack: Attack,
	stage: Stage,
	{ calmS, attackS, restS }: Times,
): Promise<Measured & { verdict: Verdict }> {
	const verdict = new Verdict();
	const server = await openServer(stage, { env: { ...DEFAULT_LIMITS, ...attack.env } });
	const crowd = await openCrowd(stage, server, {
		rooms: 1,
		perRoom: BYSTANDERS,
		name: "bystander",
		from: bystandersAddress,
	});
	const room = crowd.people[0]!.record.room;
	crowd.talk(stage.random.fork("talk"), MESSAGES_PER_S, BODY_CHARS);
	const calmFrom = performance.now();
	await sleep(calmS * 1_000);
	const before = await readCounts(server.url);
	using memory = new MemoryWatch(server.pid);
	const beforeBytes = memory.now();
	const startedAt = performance.now();
	stage.say(`${attack.title}: ${attackS} s`);
	const order = { id: attack.id, seed: stage.random.fork("attack").next().toString(), url: server.url, room };
	const account = await letLoose({ ...order, seconds: attackS, quick: stage.quick });
	const endedAt = performance.now();
	const seconds = (endedAt - startedAt) / 1_000;
	const peakBytes = memory.peakBytes;
	const answers = server.isRunning ? await readCounts(server.url).catch(() => undefined) : undefined;
	await sleep(restS * 1_000);
	const afterBytes = memory.now();

	await judgeServer(server, verdict);
	judgeGrowth(attack, peakBytes - beforeBytes, verdict);
	for (const complaint of [...(account.complaints ?? []), ...(attack.judge?.(account, seconds) ?? [])])
		verdict.complain(complaint);
	const refusals = added(before.refusals, answers?.refusals ?? {});
	if (refusals.internal !== undefined) verdict.complain(`${refusals.internal} answers were \`internal\`.`);
	judgeBystanders(crowd, verdict);
	await judge(server, [crowd], verdict);

	const spans = (from: number, to: number) => ({
		ackMs: crowd.ackMs(from, to),
		deliveryMs: deliveryMs(crowd.records, from, to),
	});
	return {
		verdict,
		account,
		calm: spans(calmFrom, startedAt),
		during: spans(startedAt, endedAt),
		memory: { beforeBytes, peakBytes, afterBytes },
		lag: { p99Ms: answers?.lagP99Ms ?? Number.NaN, maxMs: answers?.lagMaxMs ?? Number.NaN },
		cpuShare: ((answers?.cpuSeconds ?? 0) - before.cpuSeconds) / seconds,
		refusals,
		cuts: added(before.cuts, answers?.cuts ?? {}),
	};
}

async function judgeServer(server: ChatProcess, verdict: Verdict): Promise<void> {
	if (!server.isRunning) {
		verdict.complain(`The server has ended. ${server.said()}`);
		return;
	}
	if (!(await within(READY_WITHIN_MS, () => server.isReady())))
		verdict.complain(`/readyz was not answered with 200 within ${READY_WITHIN_MS / 1_000} s.`);
}

function judgeGrowth({ growthMiB, hasToGrow = false }: Attack, bytes: number, verdict: Verdict): void {
	const hasGrown = bytes > growthMiB * MEBIBYTE;
	if (hasGrown && !hasToGrow) verdict.complain(`Its memory grew by ${mebibytes(bytes)}, more than ${growthMiB} MiB.`);
	if (!hasGrown && hasToGrow)
		verdict.complain(`The judge did not find that memory grows (${mebibytes(bytes)}): trust no other row.`);
}

/** Nothing that others do may cost somebody who keeps the rules their line, or have them refused. */
function judgeBystanders(crowd: Crowd, verdict: Verdict): void {
	if (crowd.losses.length > 0)
		verdict.complain(`${crowd.losses.length} of the bystanders' lines were lost: ${crowd.losses[0]!.reason}.`);
	for (const [code, count] of crowd.refusals) verdict.complain(`Bystanders were refused ${count} times: ${code}.`);
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Verdict } from "../check/verdict.ts";
import type { Crowd } from "../people/crowd.ts";
import { within } from "../people/within.ts";
import type { ChatProcess } from "../server/chat-process.ts";

const REFUSED_WITHIN_MS = 30_000;
const BACK_WITHIN_MS = 30_000;

export type Disk = {
	fail: () => Promise<void> | void;
	mend: () => Promise<void> | void;
	/** How long it goes on failing after the first refusal. */
	failMs: number;
	/** Whether nothing at all can be written, not even where the file has room within itself. */
	isDead: boolean;
};

/**
 * A disk that fails for a while: people are refused, retryably; the process lives and answers what it can without the
 * disk; once the disk is well again, messages are acked again without anybody's help. Answers how long that took, ms.
 */
export async function surviveOutage(
	server: ChatProcess,
	crowd: Crowd,
	disk: Disk,
	verdict: Verdict,
): Promise<number | undefined> {
	const before = crowd.refusals.get("unavailable") ?? 0;
	await disk.fail();
	const wasRefused = await within(REFUSED_WITHIN_MS, () => (crowd.refusals.get("unavailable") ?? 0) > before);
	if (!wasRefused) verdict.complain("The disk failed, and nothing was refused.");
	await sleep(disk.failMs);
	if (!server.isRunning) verdict.complain(`The process did not survive it:\n${server.said()}`);
	else if (disk.isDead && (await server.isReady())) verdict.complain("/readyz said that it could write.");
	if (!(await canRead(crowd))) verdict.complain("Reading did not go on meanwhile.");
	await disk.mend();
	const recoveryMs = await crowd.nextAck(BACK_WITHIN_MS);
	if (recoveryMs === undefined)
		verdict.complain(`Nothing was acked ${BACK_WITHIN_MS / 1_000} s after the disk was well.`);
	return recoveryMs;
}

/** Whether somebody who is in gets a page of history. */
async function canRead(crowd: Crowd): Promise<boolean> {
	const reader = crowd.people.find(({ isIn }) => isIn);
	if (!reader?.line) return false;
	try {
		const ack = await reader.line
			.timeout(10_000)
			.emitWithAck("message:history", { room: reader.record.room, limit: 10 });
		return ack.ok && ack.data.messages.length > 0;
	} catch {
		return false;
	}
}

/** Refusals other than `unavailable` were not to be. */
export function complainOfOtherRefusals(crowd: Crowd, verdict: Verdict): void {
	for (const [code, count] of crowd.refusals)
		if (code !== "unavailable") verdict.complain(`${count} refusals were "${code}" and not "unavailable".`);
}

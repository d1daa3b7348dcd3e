import { fileURLToPath } from "node:url";
import type { ServerProcessOptions } from "../../kit/server-process.ts";
import { Findings } from "../../kit/suite/findings.ts";
import type { RowRun } from "../../kit/suite/row-run.ts";
import { killRepeatedly } from "./kill9.ts";
import type { ChaosRow } from "./row.ts";

const EARLY_ACK_SERVER = fileURLToPath(new URL("../testing/early-ack-server.ts", import.meta.url));

/** Long enough that some messages are acked before the kill, and some of these not committed. */
const UPTIME_MS = [400, 800] as const;

/** A lost message never arrives, however long the row waits. */
const SETTLE_MS = 3_000;

/** Shows that the checker can find what the other rows must not have. */
export const earlyAckControl: ChaosRow = {
	id: "control",
	title: "control: a server that acks before it commits, `kill -9`",
	expected: "the checker finds the lost messages",
	rounds: { full: 5, quick: 2 },
	run: (run) => expectLoss(run, { command: [process.execPath, EARLY_ACK_SERVER] }),
};

/** Records a problem unless the checker finds that this server has lost acked messages. */
export async function expectLoss(run: RowRun, server: Partial<ServerProcessOptions>): Promise<void> {
	await killRepeatedly(run, { server, uptimeMs: UPTIME_MS, settleMs: SETTLE_MS });
	const { lost, acked } = run.findings;
	run.findings = new Findings();
	run.expect(lost > 0, "The checker did not find that acked messages were lost: no other row proves anything.");
	run.figure("found lost", String(lost));
	run.figure("of acked", String(acked));
}

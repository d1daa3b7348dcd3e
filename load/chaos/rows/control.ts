import { fileURLToPath } from "node:url";
import { Verdict } from "../check/verdict.ts";
import type { ChatProcessOptions } from "../server/chat-process.ts";
import { killAgainAndAgain } from "./kill9.ts";
import type { Outcome, Row, Stage } from "./row.ts";

const LIAR = fileURLToPath(new URL("../testing/lying-server.ts", import.meta.url));

/** Long enough for a lie: some messages are acked before it ends, and some of them not committed. */
const LIFE_MS = { least: 400, most: 800 };

/** What was acked and lost is never seen, however long one waits. */
const SETTLE_MS = 3_000;

/** A checker that finds nothing has to show that it could have. */
export const control: Row = {
	id: "control",
	title: "control: a server that acks before it commits, `kill -9`",
	expected: "the checker finds what was lost",
	rounds: { full: 5, quick: 2 },
	run: async (stage) => await catchLiar(stage, { entry: LIAR }),
};

/** Holds when the checker finds that this server has lost what it acked. */
export async function catchLiar(stage: Stage, server: Partial<ChatProcessOptions>): Promise<Outcome> {
	const { rounds, verdict: found } = await killAgainAndAgain(stage, { server, lifeMs: LIFE_MS, settleMs: SETTLE_MS });
	const verdict = new Verdict();
	if (found.lost === 0)
		verdict.complain("The checker did not notice that acked messages were lost: trust no other row.");
	return { rounds, verdict, figures: { "caught: lost": String(found.lost), "of acked": String(found.acked) } };
}

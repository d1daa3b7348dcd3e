import { fileURLToPath } from "node:url";
import { Verdict } from "../check/verdict.ts";
import { killAgainAndAgain } from "./kill9.ts";
import type { Row } from "./row.ts";

const LIAR = fileURLToPath(new URL("../testing/lying-server.ts", import.meta.url));

/** Long enough for a lie: some messages are acked before it ends, and some of them not committed. */
const LIFE_MS = { least: 400, most: 800 };

/** A checker that finds nothing has to show that it could have. */
export const control: Row = {
	id: "control",
	title: "control: a server that acks before it commits, `kill -9`",
	expected: "the checker finds what was lost",
	rounds: { full: 5, quick: 2 },
	async run(stage) {
		const { rounds, verdict } = await killAgainAndAgain(stage, { server: { entry: LIAR }, lifeMs: LIFE_MS });
		const judgement = new Verdict();
		if (verdict.lost === 0)
			judgement.complain("The checker did not notice that acked messages were lost: trust no other row.");
		return {
			rounds,
			verdict: judgement,
			figures: { "caught: lost": String(verdict.lost), "of acked": String(verdict.acked) },
		};
	},
};

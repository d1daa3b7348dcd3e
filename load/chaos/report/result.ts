import type { Outcome } from "../rows/row.ts";

type Head = { id: string; title: string; expected: string };

/** What became of a row. A row that was skipped says why, and never counts as held. */
export type Result =
	| (Head & Outcome & { state: "held" | "broken"; seconds: number })
	| (Head & { state: "skipped"; reason: string });

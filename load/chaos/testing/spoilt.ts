import assert from "node:assert/strict";
import { test } from "node:test";
import { checkHistories } from "../check/check.ts";
import { intact, ROOM, type World } from "./conversation.ts";

export function check({ stored, ada, bob }: World) {
	const findings = checkHistories([ada, bob], new Map([[ROOM, stored]]));
	const { lost, duplicated, gaps, outOfOrder, altered, unerased, unacked } = findings;
	return { findings, found: { lost, duplicated, gaps, outOfOrder, altered, unerased, unacked } };
}

const NOTHING = { lost: 0, duplicated: 0, gaps: 0, outOfOrder: 0, altered: 0, unerased: 0, unacked: 0 };

export function assertIntact(world: World): void {
	const { findings, found } = check(world);
	assert.deepEqual(findings.problems, []);
	assert.deepEqual(found, NOTHING);
}

/** A world that is spoilt in one way. */
export type Spoilt = {
	what: string;
	spoil: (world: World) => void;
	/** Each of these has to be found at least once, and nothing else. */
	found: (keyof typeof NOTHING)[];
};

/** Tests that the checker finds each of these. */
export function testSpoilt(cases: readonly Spoilt[]): void {
	for (const { what, spoil, found } of cases) {
		test(`the checker finds ${what}`, () => {
			const world = intact();
			spoil(world);
			const result = check(world);
			const kinds = Object.entries(result.found).flatMap(([kind, count]) => (count > 0 ? [kind] : []));
			assert.deepEqual(kinds.sort(), [...found].sort(), result.findings.problems.join("\n"));
		});
	}
}

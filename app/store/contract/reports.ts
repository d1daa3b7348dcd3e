import assert from "node:assert/strict";
import { MAX_REPORTS_OF_USER, type NewReport, REPORT_MS } from "../../room/ports/reports.ts";
import { ADA, BEN, type OpenForTest, storeTest, upTo } from "./fixture.ts";

const AUDIT = { act: "close_report", target: { room: "lobby", seq: 1 }, createdAt: 9 } as const;

function report(seq: number, by = ADA, rest: Partial<NewReport> = {}): NewReport {
	return { room: "lobby", epoch: "e", seq, by, createdAt: seq, ...rest };
}

/** Reports of messages. */
export function reportsContract(name: string, open: OpenForTest): void {
	storeTest(
		name,
		"G1 a user reports a message once; reports are paged, newest first",
		open,
		async ({ store, reopen }) => {
			for (const [seq, by] of [
				[1, ADA],
				[2, ADA],
				[1, BEN],
				[1, ADA],
			] as const)
				assert.equal(await store.reports.add(report(seq, by, { reason: `by ${by.name}` })), true);
			assert.equal(await store.reports.add(report(1, ADA, { epoch: "another log" })), true);
			const reopened = await reopen();
			const { reports, more } = await reopened.reports.list({ limit: 3 });
			assert.equal(more, true);
			const seen = reports.map(({ id: _, ...rest }) => rest);
			assert.deepEqual(seen, [
				report(1, ADA, { epoch: "another log" }),
				report(1, BEN, { reason: `by ${BEN.name}` }),
				report(2, ADA, { reason: `by ${ADA.name}` }),
			]);
			const last = await reopened.reports.list({ before: reports[2]!.id, limit: 3 });
			assert.deepEqual([last.reports.map(({ seq }) => seq), last.more], [[1], false]);
		},
	);

	storeTest(
		name,
		"G2 closing a report deletes all of its message, once, with an audit entry",
		open,
		async ({ store }) => {
			for (const by of [ADA, BEN]) await store.reports.add(report(1, by));
			await store.reports.add(report(2));
			const { reports } = await store.reports.list({ limit: 10 });
			const { id } = reports.find(({ seq }) => seq === 1)!;
			assert.equal(await store.reports.close(id, AUDIT), true);
			assert.equal(await store.reports.close(id, AUDIT), false);
			const left = await store.reports.list({ limit: 10 });
			assert.deepEqual(
				left.reports.map(({ seq }) => seq),
				[2],
			);
			const { entries } = await store.audit({ limit: 10 });
			assert.deepEqual(
				entries.map(({ act, target }) => ({ act, target })),
				[{ act: "close_report", target: AUDIT.target }],
			);
		},
	);

	storeTest(name, "G3 the reports of a user are bounded, and old ones are dropped", open, async ({ store }) => {
		for (const seq of upTo(MAX_REPORTS_OF_USER)) assert.equal(await store.reports.add(report(seq)), true);
		assert.equal(await store.reports.add(report(MAX_REPORTS_OF_USER + 1)), false);
		assert.equal(await store.reports.add(report(1, BEN, { createdAt: 1_000 })), true);
		await store.dropEnded(REPORT_MS + MAX_REPORTS_OF_USER + 1);
		const { reports } = await store.reports.list({ limit: 100 });
		assert.deepEqual(
			reports.map(({ by }) => by.id),
			[BEN.id],
		);
		assert.equal(await store.reports.add(report(1)), true);
	});
}

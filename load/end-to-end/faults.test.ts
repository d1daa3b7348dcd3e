import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { TempFolder } from "../kit/temp-folder.ts";
import { type OwnServer, startOwnServer } from "../run/own-servers.ts";
import { intercept, type OnAppended } from "../testing/intercepting-proxy.ts";
import { load, SMALL_DAY, SMALL_LOAD } from "../testing/load-run.ts";

/** The numbers of the packets with a fault. Others come before, between and after them. */
const DROPPED = 12;
const DUPLICATED = 24;
const LATE = 36;
const MINUTES = { timeout: 120_000 };

let server: OwnServer;
before(async () => {
	server = await startOwnServer();
});
after(() => server.stop());

/** Runs a small load through a proxy that causes a fault. */
async function loadOver(onAppended: OnAppended, size = SMALL_LOAD) {
	using proxy = await intercept(server.url, onAppended);
	const args = ["--target", proxy.url, ...size];
	const { code, output, result } = await load(args, { LOAD_TOKEN: server.loadToken });
	assert.ok(result, output);
	const { states } = result;
	const { lost, duplicated, outOfOrder, altered, acked, owed, delivered } = result.accounting;
	const { kinds } = result.accounting;
	return { code, output, kinds, states, faults: { lost, duplicated, outOfOrder, altered }, acked, owed, delivered };
}

test("without a fault none is reported, and every delivery is accounted for", MINUTES, async () => {
	const { code, faults, acked, owed, delivered, output } = await loadOver((frame, _entries, push) => push(frame));
	assert.deepEqual(faults, { lost: 0, duplicated: 0, outOfOrder: 0, altered: 0 });
	assert.equal(acked, 18);
	assert.equal(owed, 18 * 6);
	assert.equal(delivered, owed);
	assert.equal(code, 0, output);
});

test("a dropped, a duplicated and a late packet are each reported as that, and nothing else is", MINUTES, async () => {
	let seen = 0;
	const faulty = { lost: 0, duplicated: 0, outOfOrder: 0, altered: 0 };
	let held: { frame: Buffer; connection: object } | undefined;
	const { code, faults, output } = await loadOver((frame, entries, push, connection) => {
		seen++;
		if (seen === DROPPED) {
			faulty.lost += entries.length;
			return;
		}
		if (seen === LATE) {
			held = { frame, connection };
			faulty.outOfOrder += entries.length;
			return;
		}
		push(frame);
		if (seen === DUPLICATED) {
			faulty.duplicated += entries.length;
			push(frame);
		}
		if (held?.connection !== connection) return;
		push(held.frame);
		held = undefined;
	});
	assert.ok(faulty.lost > 0 && faulty.duplicated > 0 && faulty.outOfOrder > 0, `${seen} packets`);
	assert.deepEqual(faults, faulty);
	assert.match(output, /seq \d+ was not delivered to user \d/);
	assert.equal(code, 1);
});

test(
	"lost reactions and an edit that arrives twice fail the profile day, and the user's state differs",
	MINUTES,
	async () => {
		// What repairs a loss is left out: a user who resumes receives the entry, and one who reads a page the state after it.
		using folder = new TempFolder("hubbub-load-day-");
		const scenario = folder.file("day.yml");
		const day = readFileSync(join(import.meta.dirname, "..", "profiles", "day.yml"), "utf8");
		const never = /^(\s+)(unreact|page|thread|around|reconnect|rejoin): \d+$/gm;
		writeFileSync(scenario, day.replace(never, "$1$2: 0").replace("react: 13", "react: 40"));
		const faulty = { lost: 0, duplicated: 0 };
		let loser: object | undefined;
		const { code, faults, kinds, states, output } = await loadOver(
			(frame, entries, push, connection) => {
				const has = (kind: string) => entries.some((entry) => entry.kind === kind);
				// All reactions to one user: a single one may be taken back, or its message removed.
				if (has("reaction")) loser ??= connection;
				if (has("reaction") && connection === loser) {
					faulty.lost += entries.length;
					return;
				}
				push(frame);
				if (!has("edit") || faulty.duplicated > 0) return;
				faulty.duplicated = entries.length;
				push(frame);
			},
			[...SMALL_DAY, "--profile", scenario],
		);
		assert.ok(faulty.lost > 0 && faulty.duplicated > 0, output);
		assert.deepEqual(faults, { ...faulty, outOfOrder: 0, altered: 0 }, output);
		assert.ok(kinds.reaction!.lost > 0);
		assert.match(output, /seq \d+ \(reaction\) was not delivered to user \d/);
		assert.ok(states!.differing > 0, output);
		assert.match(output, /the message at seq \d+ (differs from|is in) the history/);
		assert.equal(code, 1);
	},
);

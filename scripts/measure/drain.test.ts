import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openStore } from "../../app/store/open.ts";
import { root } from "../root.ts";
import { audit, type Witness } from "./drain/audit.ts";
import { rollingRestart } from "./drain/rolling-restart.ts";

test("M1 a restart under load loses nothing: everybody comes back by themselves and is told all of it, once", async () => {
	const plan = { entry: join(root, "app", "main.ts"), members: 40, roomSize: 10, messagesPerSecond: 40, talkMs: 1_500 };
	const outcome = await rollingRestart(plan, () => {});
	assert.equal(outcome.exitCode, 0);
	assert.ok(outcome.acked > 0);
	assert.equal(outcome.acked, outcome.sent);
	assert.equal(outcome.absencesMs.length, plan.members, "each was cut off once, and came back");
	const { lost, duplicated, misplaced, untold, repeated, holes, startedOver } = outcome;
	assert.deepEqual(
		{ lost, duplicated, misplaced, untold, repeated, holes, startedOver },
		{ lost: 0, duplicated: 0, misplaced: 0, untold: 0, repeated: 0, holes: 0, startedOver: 0 },
	);
});

test("the audit notices what is lost, doubled, misplaced or untold", async (t) => {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-audit-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	const databasePath = join(folder, "hubbub.db");
	const store = await openStore({ databasePath });
	const author = { id: "ada", name: "Ada" };
	const texts = ["one", "two", "two"];
	await store.append(
		texts.map((body) => ({
			kind: "message",
			room: "r",
			author,
			clientId: randomUUID(),
			content: { body },
			createdAt: 1,
		})),
	);
	await store.close();

	const truth = [...texts.entries()].map(([index, body]) => [index + 1, body] as const);
	const witness = (timeline: typeof truth, acked: [string, number][]): Witness => ({
		room: "r",
		since: 0,
		timeline: new Map(timeline),
		acked: new Map(acked),
	});
	const doubled = { lost: 0, duplicated: 1, misplaced: 0, untold: 0 };
	assert.deepEqual(audit(databasePath, [witness(truth, [["one", 1]])]), doubled);
	assert.deepEqual(audit(databasePath, [witness(truth, [["gone", 4]])]), { ...doubled, lost: 1 });
	assert.deepEqual(audit(databasePath, [witness(truth, [["one", 2]])]), { ...doubled, misplaced: 1 });
	assert.deepEqual(audit(databasePath, [witness(truth.slice(0, 2), [])]), { ...doubled, untold: 1 });
});

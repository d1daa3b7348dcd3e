import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openStore } from "../../app/store/open.ts";
import { startFakeFly } from "../deploy/testing/fake-fly.ts";

const APP = "my-chat";

/** Deploys an app. The deployment's smoke test sends one message. */
async function deployed(t: TestContext) {
	const fly = await startFakeFly(t);
	const { code, output } = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(code, 0, output + fly.machineLog());
	const folder = mkdtempSync(join(tmpdir(), "hubbub-backup-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	return { fly, file: join(folder, "chat.db"), at: ["--app", APP, "--url", fly.url] };
}

async function messagesIn(databasePath: string): Promise<number> {
	const store = await openStore({ databasePath });
	const { messages } = await store.history("smoke-test", { limit: 100 });
	await store.close();
	return messages.length;
}

test("a backup is downloaded from Fly.io while the server runs, and deleted there", async (t) => {
	const { fly, file, at } = await deployed(t);
	const { code, output } = await fly.run("backup.ts", [...at, file]);
	assert.equal(code, 0, output);
	assert.equal(await messagesIn(file), 1);
	assert.deepEqual(
		fly.dataFiles().filter((name) => name.startsWith("backup")),
		[],
	);
	const again = await fly.run("backup.ts", [...at, file]);
	assert.equal(again.code, 1);
	assert.match(again.output, /already exists/);
});

test("a backup is restored on Fly.io; the server restarts with its messages", async (t) => {
	const { fly, file, at } = await deployed(t);
	assert.equal((await fly.run("backup.ts", [...at, file])).code, 0);
	const later = await fly.run("smoke.ts", [fly.url]);
	assert.equal(later.code, 0, later.output);

	const refused = await fly.run("restore.ts", [...at, file]);
	assert.equal(refused.code, 2);
	assert.match(refused.output, /replaces everything in my-chat\. Add --force/);

	const { code, output } = await fly.run("restore.ts", [...at, file, "--force"]);
	assert.equal(code, 0, output);
	const copy = `${file}.after`;
	assert.equal((await fly.run("backup.ts", [...at, copy])).code, 0);
	assert.equal(await messagesIn(copy), 1, "messages sent after the backup are gone");
	assert.ok(fly.dataFiles().includes("hubbub.db.replaced"));
});

test("a file that is not a backup is refused before anything on Fly.io is changed", async (t) => {
	const { fly, file, at } = await deployed(t);
	writeFileSync(file, "not a database");
	const commands = fly.state().log.length;
	const { code, output } = await fly.run("restore.ts", [...at, file, "--force"]);
	assert.equal(code, 1);
	assert.match(output, /is not a backup/);
	assert.equal(fly.state().log.length, commands);
});

test("an interrupted upload changes nothing, and the next attempt works", async (t) => {
	const { fly, file, at } = await deployed(t);
	assert.equal((await fly.run("backup.ts", [...at, file])).code, 0);
	fly.change((state) => {
		state.failures.push({ command: "ssh sftp put", when: "after", message: "connection reset", times: 1 });
	});
	const failed = await fly.run("restore.ts", [...at, file, "--force"]);
	assert.equal(failed.code, 1, failed.output);
	assert.ok(!fly.dataFiles().includes("hubbub.db.restore"));
	const again = await fly.run("restore.ts", [...at, file, "--force"]);
	assert.equal(again.code, 0, again.output);
	assert.ok(existsSync(file));
});

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openStore } from "../../app/store/open.ts";
import { standInFly } from "../deploy/stand-in/fly.ts";

const APP = "my-chat";

/** A deployed app; the deployment's smoke test has said one thing in it. */
async function deployed(t: TestContext) {
	const fly = await standInFly(t);
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

test("one command fetches a backup from Fly.io while the chat goes on, and leaves nothing there", async (t) => {
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
	assert.match(again.output, /is there already/);
});

test("one command restores a backup on Fly.io; the chat is back with what it had", async (t) => {
	const { fly, file, at } = await deployed(t);
	assert.equal((await fly.run("backup.ts", [...at, file])).code, 0);
	const later = await fly.run("smoke.ts", [fly.url]);
	assert.equal(later.code, 0, later.output);

	const refused = await fly.run("restore.ts", [...at, file]);
	assert.equal(refused.code, 2);
	assert.match(refused.output, /replaces everything in my-chat\. Say --force/);

	const { code, output } = await fly.run("restore.ts", [...at, file, "--force"]);
	assert.equal(code, 0, output);
	const copy = `${file}.after`;
	assert.equal((await fly.run("backup.ts", [...at, copy])).code, 0);
	assert.equal(await messagesIn(copy), 1, "what was said after the backup is gone");
	assert.ok(fly.dataFiles().includes("hubbub.db.replaced"));
});

test("a file that is no backup is found out before anything is touched on Fly.io", async (t) => {
	const { fly, file, at } = await deployed(t);
	writeFileSync(file, "not a database");
	const commands = fly.state().log.length;
	const { code, output } = await fly.run("restore.ts", [...at, file, "--force"]);
	assert.equal(code, 1);
	assert.match(output, /is not a backup/);
	assert.equal(fly.state().log.length, commands);
});

test("a transfer that breaks off is no backup: the chat goes on as it was, and the next try works", async (t) => {
	const { fly, file, at } = await deployed(t);
	assert.equal((await fly.run("backup.ts", [...at, file])).code, 0);
	fly.change((state) => {
		state.failures.push({ command: "ssh sftp put", when: "after", says: "connection reset", times: 1 });
	});
	const failed = await fly.run("restore.ts", [...at, file, "--force"]);
	assert.equal(failed.code, 1, failed.output);
	assert.ok(!fly.dataFiles().includes("hubbub.db.restore"));
	const again = await fly.run("restore.ts", [...at, file, "--force"]);
	assert.equal(again.code, 0, again.output);
	assert.ok(existsSync(file));
});

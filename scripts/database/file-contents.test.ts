import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { FolderFileStorage } from "../../app/files/folder.ts";
import { removal, text } from "../../app/store/contract/fixture.ts";
import { openStore } from "../../app/store/open.ts";
import { root } from "../root.ts";

const [KEPT, REMOVED] = ["ab".repeat(16), "cd".repeat(16)] as const;

async function* content(id: string) {
	yield Buffer.from(`the content of ${id}`);
}

/** Fills a database and the folder of its files. */
async function fill(databasePath: string, folder: FolderFileStorage): Promise<void> {
	const store = await openStore({ databasePath });
	await store.open("lobby", 0);
	const author = { id: "ada", name: "Ada" };
	for (const id of [KEPT, REMOVED]) {
		const file = { id, room: "lobby", userId: author.id, bytes: 100, createdAt: Date.now() };
		await store.reserveFile(file, { allBytes: 0, dayBytes: 0 });
		await folder.put(id, content(id), 100);
		await store.storeFile({ id, name: "fox <1>.png", type: "image/png", bytes: 47, alt: 'a "fox"' });
		await store.append([text("lobby", "look", { author, files: [id] })]);
	}
	await store.append([removal("lobby", 2)]);
	await store.close();
}

test("a backup, its restoration and an export have the contents of files", async (t) => {
	const folder = await mkdtemp(join(tmpdir(), "hubbub-backup-"));
	t.after(() => rm(folder, { recursive: true, force: true }));
	const at = (name: string) => join(folder, name);
	const run = async (program: string, args: string[], database: string) => {
		const env = { ...process.env, DATABASE_PATH: at(database), FILES_PATH: "", DATABASE_URL: "", REDIS_URL: "" };
		return (await promisify(execFile)(process.execPath, [join(root, "scripts", program), ...args], { env })).stdout;
	};
	const read = async (path: string) => {
		const storage = await FolderFileStorage.open(path);
		const stream = await storage.get(KEPT);
		assert.equal(await storage.has(REMOVED), false);
		return stream && new Response(stream).text();
	};
	await fill(at("from/hubbub.db"), await FolderFileStorage.open(at("from/files")));
	await rm(at("from/files/cd"), { recursive: true });
	await mkdir(at("to"));

	assert.match(await run("backup.ts", [at("backup.db")], "from/hubbub.db"), /Files: 1 are in .*backup\.db\.files\./);
	assert.equal(await read(at("backup.db.files")), `the content of ${KEPT}`);
	assert.match(await run("restore.ts", [at("backup.db")], "to/hubbub.db"), /Files: 1 are in their place\./);
	assert.equal(await read(at("to/files")), `the content of ${KEPT}`);
	assert.doesNotMatch(
		await run("restore.ts", [at("backup.db"), "--force"], "to/hubbub.db"),
		/Files/,
		"nothing is missing",
	);

	assert.match(await run("export-room.ts", ["lobby", at("lobby.jsonl")], "to/hubbub.db"), /Files: 1 are in/);
	const [line = ""] = (await readFile(at("lobby.jsonl"), "utf8")).split("\n");
	assert.deepEqual(JSON.parse(line).files, [
		{ id: KEPT, name: "fox <1>.png", type: "image/png", bytes: 47, alt: 'a "fox"' },
	]);
	await run("export-room.ts", ["lobby", at("lobby.html")], "to/hubbub.db");
	const [, href] = /<a href="([^"]*)" download="fox &lt;1&gt;.png" title="a &quot;fox&quot;">/.exec(
		await readFile(at("lobby.html"), "utf8"),
	)!;
	assert.equal(await readFile(at(decodeURIComponent(href!)), "utf8"), `the content of ${KEPT}`);
});

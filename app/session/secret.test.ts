import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { SecretError, sessionSecret } from "./secret.ts";

let folder: string;
before(async () => {
	folder = await mkdtemp(join(tmpdir(), "hubbub-secret-"));
});
after(() => rm(folder, { recursive: true }));

const databaseIn = (name: string) => join(folder, name, "hubbub.db");

test("S1 a configured secret is used, and nothing is written", async () => {
	const databasePath = databaseIn("configured");
	assert.equal(await sessionSecret({ sessionSecret: "0123456789abcdef", databasePath }), "0123456789abcdef");
	await assert.rejects(stat(join(folder, "configured")), { code: "ENOENT" });
});

test("S1 without a configured secret, one is generated and kept beside the database", async () => {
	const databasePath = databaseIn("made");
	const secret = await sessionSecret({ databasePath });
	assert.match(secret, /^[0-9a-f]{64}$/);
	assert.equal(await sessionSecret({ databasePath }), secret);
	assert.notEqual(await sessionSecret({ databasePath: databaseIn("another") }), secret);
});

test("S1 only the owner may read it, and no draft is left behind", async () => {
	const databasePath = databaseIn("private");
	await sessionSecret({ databasePath });
	assert.deepEqual(await readdir(join(folder, "private")), ["hubbub.db.secret"]);
	assert.equal((await stat(`${databasePath}.secret`)).mode & 0o777, 0o600);
});

test("S1 servers that start at the same time use one secret", async () => {
	const databasePath = databaseIn("shared");
	const script = `
		const { sessionSecret } = await import(${JSON.stringify(new URL("./secret.ts", import.meta.url).href)});
		console.log(await sessionSecret({ databasePath: ${JSON.stringify(databasePath)} }));`;
	const evaluate = "Deno" in globalThis ? ["eval"] : ["--input-type=module", "--eval"];
	const processes = Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, [...evaluate, script]));
	const inProcess = Array.from({ length: 8 }, () => sessionSecret({ databasePath }));
	const secrets = [
		...(await Promise.all(processes)).map(({ stdout }) => stdout.trim()),
		...(await Promise.all(inProcess)),
	];
	assert.deepEqual([...new Set(secrets)], [(await readFile(`${databasePath}.secret`, "utf8")).trim()]);
	assert.deepEqual(await readdir(join(folder, "shared")), ["hubbub.db.secret"]);
});

test("S1 a file without a secret is an error, and is not overwritten", async () => {
	const databasePath = join(folder, "empty.db");
	await writeFile(`${databasePath}.secret`, "\n");
	await assert.rejects(sessionSecret({ databasePath }), (error: Error) => {
		assert.ok(error instanceof SecretError);
		assert.match(error.message, /empty\.db\.secret does not hold a session secret\. Delete the file/);
		return true;
	});
	assert.equal(await readFile(`${databasePath}.secret`, "utf8"), "\n");
});

test("S1 if the folder can't be created, the error says what to do", async () => {
	const databasePath = join(folder, "a-file", "hubbub.db");
	await writeFile(join(folder, "a-file"), "");
	await assert.rejects(sessionSecret({ databasePath }), {
		name: "SecretError",
		message: /hubbub\.db\.secret \(E[A-Z]+\). Set SESSION_SECRET instead\.$/,
	});
});

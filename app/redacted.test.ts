/** The output of a real process on both streams, with successful and failing requests of users and an admin. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ServerProcess } from "../load/kit/server-process.ts";
import { TestClient } from "./testing/client.ts";
import { RawClient } from "./testing/raw-client.ts";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const command: [string, ...string[]] =
	"Deno" in globalThis ? [process.execPath, "run", "--allow-all", MAIN] : [process.execPath, MAIN];

const SECRETS = {
	SESSION_SECRET: "the-session-secret-4f1c",
	ADMIN_TOKEN: "the-admin-token-91aa",
	LOAD_TOKEN: "the-load-token-77be",
};
const WRONG_TOKEN = "a-wrong-admin-token-0c3d";
const NAME = "Ada the Unheard";
const BODY = "a body that nobody overhears";
const PLACE = { latitude: 48.858222, longitude: 2.294499 };

test("the log of a real process has no secrets, names, locations or messages", async (t) => {
	const folder = await mkdtemp(join(tmpdir(), "hubbub-redacted-"));
	t.after(() => rm(folder, { recursive: true, force: true }));
	const databasePath = join(folder, "hubbub.db");
	const server = await ServerProcess.start({
		command,
		env: { ...SECRETS, DATABASE_PATH: databasePath, LOG_LEVEL: "trace" },
	});
	const ask = (path: string, init: RequestInit = {}) => fetch(server.url + path, init);
	const post = (path: string, body: string, headers: Record<string, string> = {}) =>
		ask(path, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
	const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

	const signedIn = await post("/api/session", JSON.stringify({ name: NAME }), { "x-load-token": SECRETS.LOAD_TOKEN });
	const session = await signedIn.json();
	const cookie = `session=${session.token}`;
	const ada = new TestClient(server.url, session);
	await ada.connected();
	await ada.join("lobby");
	await ada.send("lobby", BODY);
	await ada.request("message:send", { room: "lobby", clientId: randomUUID(), location: PLACE });

	// Failures, because they are logged.
	await ada.request("message:send", { room: "lobby", clientId: "no UUID", body: BODY });
	await ada.request(BODY, session.token);
	for (const body of [`{"name":"${NAME}`, `"${session.token}"`, JSON.stringify({ name: `${NAME}\u0000` })])
		await post("/api/session", body, { cookie });
	await post("/api/notice", JSON.stringify({ text: BODY }), bearer(WRONG_TOKEN));
	assert.equal((await post("/api/notice", JSON.stringify({ text: BODY }), bearer(SECRETS.ADMIN_TOKEN))).status, 204);
	await post("/api/notice", `{"text":"${BODY}`, bearer(SECRETS.ADMIN_TOKEN));
	await ask(`/api/rooms/${encodeURIComponent(BODY)}`, { method: "DELETE", headers: bearer(SECRETS.ADMIN_TOKEN) });
	await ask(`/nowhere/${session.token}?token=${SECRETS.LOAD_TOKEN}`, { headers: { cookie } });
	const raw = await RawClient.open(server.url, session.token);
	raw.send(`42["${BODY}`);
	raw.socket.destroy();

	// Another program locks the database: the commit of the message fails.
	const other = new DatabaseSync(databasePath);
	other.exec("BEGIN EXCLUSIVE");
	const refused = await ada.request("message:send", { room: "lobby", clientId: randomUUID(), body: BODY });
	other.exec("ROLLBACK");
	other.close();
	assert.ok(!refused.ok && refused.error.code === "unavailable");

	assert.equal((await ask("/api/session", { method: "DELETE", headers: { cookie } })).status, 204);
	ada.close();
	await server.stop();

	const written = server.output();
	assert.match(written, /"msg":"listening"/);
	assert.match(written, /"msg":"ended"/);
	const [, , , , signature] = session.token.split(".");
	const redacted = { ...SECRETS, WRONG_TOKEN, NAME, BODY, token: session.token, signature };
	for (const [what, text] of Object.entries(redacted)) {
		assert.ok(!written.includes(text), `the log has ${what}`);
		assert.ok(!written.includes(encodeURIComponent(text)), `the log has ${what}, URL-encoded`);
	}
	for (const degrees of Object.values(PLACE)) assert.ok(!written.includes(String(degrees)), "the log has the location");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog, type Log } from "./log.ts";

/** Returns the lines that `write` logs, parsed. */
function linesOf(level: "info" | "warn", write: (log: Log) => void): string[] {
	const lines: string[] = [];
	write(createLog(level, { write: (line) => lines.push(line) }));
	return lines;
}

test("a line has its time, level and message", () => {
	const [line] = linesOf("info", (log) => log.info({ port: 3000 }, "listening"));
	const { time, ...rest } = JSON.parse(line!);
	assert.deepEqual(rest, { level: "info", port: 3000, msg: "listening" });
	assert.equal(new Date(time).toISOString(), time);
});

test("lines below the level are not written", () => {
	assert.equal(linesOf("warn", (log) => log.info("quiet")).length, 0);
	assert.equal(linesOf("warn", (log) => log.warn("loud")).length, 1);
});

test("secrets, names and messages are redacted at any depth", () => {
	const lines = linesOf("info", (log) => {
		log.info({ token: "hush", cookie: "hush", authorization: "hush", secret: "hush" }, "a");
		log.info({ request: { headers: { cookie: "session=hush" }, body: "hush" } }, "b");
		log.info({ socket: { handshake: { auth: { token: "hush" } } }, entry: { author: { name: "hush" } } }, "c");
		log.info({ config: { sessionSecret: "hush", adminToken: "hush", loadToken: "hush", databaseUrl: "hush" } }, "d");
		log.info({ entries: [{ body: "hush", location: { latitude: "hush" } }], notice: { text: "hush" } }, "e");
		log.child({ user: { name: "hush" } }).info("f");
	});
	assert.equal(lines.length, 6);
	for (const line of lines) {
		assert.doesNotMatch(line, /hush/);
		assert.match(line, /\[redacted\]/);
	}
});

test("an error is logged with its message, stack and code, and without its other fields", () => {
	const error = Object.assign(new Error("disk I/O error", { cause: new Error("EIO") }), {
		code: "SQLITE_IOERR",
		parameters: ["hush"],
		detail: "Key (client_id)=(hush)",
		request: { url: "hush" },
	});
	const [line] = linesOf("warn", (log) => log.error({ error, event: "message:send" }, "failed"));
	assert.doesNotMatch(line!, /hush/);
	const { error: logged, event } = JSON.parse(line!);
	assert.equal(event, "message:send");
	assert.equal(logged.type, "Error");
	assert.match(logged.message, /disk I\/O error.*EIO/);
	assert.equal(logged.code, "SQLITE_IOERR");
	assert.match(logged.stack, /log\.test\.ts/);
});

test("a thrown value of any type can be logged", () => {
	const lines = linesOf("info", (log) => {
		log.error({ error: "a text" }, "a");
		log.error({ error: { any: "hush" } }, "b");
		log.error({ error: undefined }, "c");
		log.error({ error: null }, "d");
	});
	assert.equal(lines.length, 4);
	assert.match(lines[0]!, /a text/);
	assert.doesNotMatch(lines[1]!, /hush/);
});

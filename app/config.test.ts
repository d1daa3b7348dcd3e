import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfigError, loadConfig, warningsOf } from "./config.ts";
import { VARIABLES } from "./config-variables.ts";
import { DEFAULT_LIMITS } from "./room/limits.ts";

function refusalOf(env: Record<string, string>): string {
	try {
		loadConfig(env);
	} catch (error) {
		assert.ok(error instanceof ConfigError);
		return error.message;
	}
	assert.fail(`accepted ${JSON.stringify(env)}`);
}

test("an empty environment gives the defaults", () => {
	const config = loadConfig({});
	assert.equal(config.port, 3000);
	assert.equal(config.databasePath, "./data/hubbub.db");
	assert.equal(config.logLevel, "info");
	assert.equal(config.retentionDays, 0);
	assert.equal(config.presenceGraceMs, 5000);
	assert.deepEqual(config.publicOrigins, []);
	assert.deepEqual(config.limits, DEFAULT_LIMITS);
	for (const absent of ["databaseUrl", "redisUrl", "sessionSecret", "adminToken", "loadToken", "trustProxy"] as const)
		assert.equal(config[absent], undefined, absent);
});

test("values are trimmed, and an empty value is the default", () => {
	const config = loadConfig({
		PORT: " 8080 ",
		HOST: "",
		LIMIT_SESSIONS_PER_S: "0.5",
		LIMIT_UNSENT_BYTES: "2097152",
		PUBLIC_ORIGIN: "https://Chat.example/, http://localhost:3000",
		SESSION_SECRET: "0123456789abcdef",
		METRICS_PORT: "9091",
	});
	assert.equal(config.port, 8080);
	assert.equal(config.host, "0.0.0.0");
	assert.deepEqual(config.limits.sessions, { perSecond: 0.5, burst: 10 });
	assert.equal(config.limits.unsentBytes, 2_097_152);
	assert.deepEqual(config.publicOrigins, ["https://chat.example", "http://localhost:3000"]);
	assert.equal(config.sessionSecret, "0123456789abcdef");
	assert.equal(config.metricsPort, 9091);
});

test("TRUST_PROXY is a number or a header's name", () => {
	assert.equal(loadConfig({ TRUST_PROXY: "2" }).trustProxy, 2);
	assert.equal(loadConfig({ TRUST_PROXY: "Fly-Client-IP" }).trustProxy, "fly-client-ip");
	for (const wrong of ["true", "yes", "0", "-1", "17", "1.5", "x-forwarded-for", "loopback", "a b", "-x-y"])
		assert.match(refusalOf({ TRUST_PROXY: wrong }), /^TRUST_PROXY is ".*", but it must be the number of proxies/);
});

test("a limit of 0 means no limit, also if only the burst is 0", () => {
	const { limits } = loadConfig({ LIMIT_JOINS_PER_S: "0", LIMIT_MESSAGES_BURST: "0", LIMIT_BODY_CHARS: "0" });
	assert.equal(limits.joins.perSecond, 0);
	assert.equal(limits.messages.perSecond, 0);
	assert.equal(limits.bodyChars, 0);
});

test("the error names an invalid variable, its value and what it accepts", () => {
	assert.equal(refusalOf({ PORT: "abc" }), 'PORT is "abc", but it must be a whole number from 0 to 65535.');
	assert.match(refusalOf({ LOG_LEVEL: "loud" }), /LOG_LEVEL is "loud".*one of trace, debug, info/);
	for (const [name, value] of [
		["PORT", "65536"],
		["PORT", "-1"],
		["PORT", "3000.5"],
		["PORT", "0x10"],
		["LIMIT_MESSAGES_PER_S", "1e3"],
		["LIMIT_MESSAGES_PER_S", "fast"],
		["LIMIT_ROOMS_PER_CONNECTION", "2.5"],
		["PUBLIC_ORIGIN", "chat.example"],
		["PUBLIC_ORIGIN", "https://chat.example/path"],
		["PUBLIC_ORIGIN", "https://chat.example,"],
		["PUBLIC_ORIGIN", "*"],
		["ADMIN_TOKEN", "two words"],
		["RETENTION_DAYS", "forever"],
	] as const)
		assert.match(refusalOf({ [name]: value }), new RegExp(`^${name} is .*, but it must be .*\\.$`));
});

test("several invalid variables are reported at once", () => {
	const lines = refusalOf({ PORT: "x", LOG_LEVEL: "y", TRUST_PROXY: "z", HOST: "fine" }).split("\n");
	assert.deepEqual(
		lines.map((line) => line.split(" ")[0]),
		["PORT", "TRUST_PROXY", "LOG_LEVEL"],
	);
});

test("the value of a secret is never shown", () => {
	const wrong = {
		SESSION_SECRET: "hunter2",
		ADMIN_TOKEN: "hunter2 hunter2",
		DATABASE_URL: "mysql://me:hunter2@db",
		REDIS_URL: "http://me:hunter2@redis",
	};
	const message = refusalOf(wrong);
	assert.equal(message.split("\n").length, 4);
	assert.doesNotMatch(message, /hunter2/);
	assert.match(message, /SESSION_SECRET is set \(7 characters\), but it must be a text of at least 16 characters/);
});

test("a token that could be guessed causes a warning", () => {
	for (const name of ["ADMIN_TOKEN", "LOAD_TOKEN"]) {
		assert.deepEqual(warningsOf(loadConfig({ [name]: "fifteen-letters" })), [
			`${name} is short enough to be guessed. Use 16 characters or more.`,
		]);
		assert.deepEqual(warningsOf(loadConfig({ [name]: "sixteen-letters!" })), []);
		assert.match(refusalOf({ [name]: "sixteen letters!" }), /without spaces/);
	}
});

test("servers without a common place for files are warned about", () => {
	const several = { REDIS_URL: "redis://redis", DATABASE_URL: "postgres://db/hubbub" };
	assert.match(warningsOf(loadConfig(several))[0]!, /^Files can't be sent: set FILES_URL/);
	for (const place of [{ FILES_PATH: "/shared" }, { FILES_URL: "https://k:s@bucket.example/files" }])
		assert.deepEqual(warningsOf(loadConfig({ ...several, ...place })), []);
	assert.match(refusalOf({ FILES_URL: "s3://files" }), /FILES_URL is set \(10 characters\), but it must be a URL/);
	assert.match(refusalOf({ LIMIT_FILE_BYTES: "25 MB" }), /LIMIT_FILE_BYTES is "25 MB", but it must be a whole number/);
});

test("two listeners can't share a port", () => {
	assert.match(refusalOf({ PORT: "4000", METRICS_PORT: "4000" }), /METRICS_PORT and PORT are the same/);
	assert.equal(loadConfig({ PORT: "0", METRICS_PORT: "0" }).metricsPort, 0);
});

test("several servers of a chat share its database", () => {
	const databaseUrl = "postgres://db/hubbub";
	assert.match(refusalOf({ REDIS_URL: "redis://redis" }), /REDIS_URL needs DATABASE_URL/);
	const config = loadConfig({ REDIS_URL: "redis://redis/2", DATABASE_URL: databaseUrl });
	assert.equal(config.redisUrl, "redis://redis/2");
});

test("the config can't be changed", () => {
	const config = loadConfig({});
	for (const part of [config, config.limits, config.limits.messages, config.publicOrigins])
		assert.ok(Object.isFrozen(part));
});

test("each variable is listed once, with a meaning that is a sentence", () => {
	const variables = Object.values(VARIABLES);
	assert.equal(new Set(variables.map(({ name }) => name)).size, variables.length);
	for (const { name, meaning } of variables) assert.match(meaning, /^[A-Z].*\.$/, name);
});

test("an address in brackets is that address", () => {
	assert.equal(loadConfig({ HOST: "[::1]" }).host, "::1");
	assert.equal(loadConfig({ HOST: "::1" }).host, "::1");
});

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "smol-toml";
import * as v from "valibot";
import { FlyTomlSchema } from "./testing/fly-toml-rules.ts";

const root = new URL("../../", import.meta.url);
const text = readFileSync(new URL("fly.toml", root), "utf8");

function issuesOf(toml: string): string[] {
	const result = v.safeParse(FlyTomlSchema, parse(toml));
	return (result.issues ?? []).map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
}

const config = v.parse(FlyTomlSchema, parse(text));
const env = config.env ?? {};

test("fly.toml has only keys that flyctl reads, and only values that it accepts unchanged", () => {
	assert.deepEqual(issuesOf(text), []);
});

const mistakes: [what: string, from: string | RegExp, to: string, where: string][] = [
	["an unknown key at the top", "primary_region", "primary_regoin", "primary_regoin"],
	["an unknown key in a section", "force_https", "force_ssl", "http_service.force_ssl"],
	["an unknown section", "[[metrics]]", "[[metricses]]", "metricses"],
	["a duration without a unit", 'kill_timeout = "30s"', "kill_timeout = 30", "kill_timeout"],
	["a check as a table", "[[http_service.checks]]", "[http_service.checks]", "http_service.checks"],
	["a variable that is not a text", 'PORT = "8080"', "PORT = 8080", "env.PORT"],
	["an unknown way to stop", '"suspend"', '"sleep"', "http_service.auto_stop_machines"],
	["a volume under a gigabyte", 'initial_size = "1gb"', 'initial_size = "0gb"', "mounts.0.initial_size"],
	["half of the auto-extension", /auto_extend_size_limit.*\n/, "", "mounts.0"],
	["a check less often than once a minute", 'interval = "15s"', 'interval = "2m"', "http_service.checks.0.interval"],
	["an unknown restart policy", '"on-failure"', '"on-fail"', "restart.0.policy"],
	["an unknown machine", '"shared-cpu-1x"', '"shared-cpu-3x"', "vm.0.size"],
];
for (const [what, from, to, where] of mistakes) {
	test(`the schema of fly.toml rejects ${what}`, () => {
		const broken = text.replace(from, to);
		assert.notEqual(broken, text);
		assert.ok(
			issuesOf(broken).some((issue) => issue.startsWith(`${where}:`)),
			issuesOf(broken).join("\n"),
		);
	});
}

test("fly.toml contains no app name, because names are globally unique", () => {
	assert.equal(config.app, undefined);
});

test("the machine can be suspended: at most 2 GB and no swap", () => {
	assert.equal(config.http_service?.auto_stop_machines, "suspend");
	assert.equal(config.swap_size_mb, undefined);
	assert.ok((config.vm?.[0]?.memory ?? Number.POSITIVE_INFINITY) <= 2048);
});

test("there is no release command, because its machine would have no volume", () => {
	assert.equal(config.deploy?.release_command, undefined);
});

test("the ports and paths in fly.toml are consistent", () => {
	assert.equal(env.PORT, String(config.http_service?.internal_port));
	assert.equal(env.METRICS_PORT, String(config.metrics?.[0]?.port));
	assert.notEqual(env.METRICS_PORT, env.PORT);
	assert.ok(env.DATABASE_PATH?.startsWith(`${config.mounts?.[0]?.destination}/`));
	assert.ok(existsSync(new URL(config.build?.dockerfile ?? "missing", root)));
});

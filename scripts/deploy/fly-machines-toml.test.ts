import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "smol-toml";
import * as v from "valibot";
import { FlyTomlSchema } from "./testing/fly-toml-rules.ts";

const one = read("../../fly.toml");
const several = read("fly.machines.toml");
const valkey = read("valkey.toml");

function read(file: string): Record<string, unknown> {
	return parse(readFileSync(new URL(file, import.meta.url), "utf8")) as Record<string, unknown>;
}

/** Returns every value of a configuration with its path. */
function flat(value: unknown, path = ""): [string, unknown][] {
	if (value === null || typeof value !== "object") return [[path, value]];
	return Object.entries(value).flatMap(([key, inner]) => flat(inner, path === "" ? key : `${path}.${key}`));
}

function differences(a: Record<string, unknown>, b: Record<string, unknown>): string[] {
	const [left, right] = [new Map(flat(a)), new Map(flat(b))];
	const paths = new Set([...left.keys(), ...right.keys()]);
	return [...paths].filter((path) => left.get(path) !== right.get(path)).map((path) => `${path}: ${right.get(path)}`);
}

test("fly.machines.toml differs from fly.toml only in the volume, in suspension, and in relative paths", () => {
	const found = differences(one, several).filter((path) => !path.startsWith("mounts."));
	assert.deepEqual(found.sort(), [
		"build.dockerfile: ../../Dockerfile",
		"env.DATABASE_PATH: undefined",
		"http_service.auto_stop_machines: off",
	]);
	assert.equal(several.mounts, undefined);
});

test("a further difference is detected", () => {
	const changed = structuredClone(several) as { http_service: { concurrency: { soft_limit: number } } };
	changed.http_service.concurrency.soft_limit += 1;
	assert.ok(differences(one, changed).some((path) => path.startsWith("http_service.concurrency.soft_limit")));
});

for (const [name, config] of Object.entries({ "fly.machines.toml": several, "valkey.toml": valkey })) {
	test(`${name} has only keys that flyctl reads, and only values that it accepts unchanged`, () => {
		const { issues = [] } = v.safeParse(FlyTomlSchema, config);
		assert.deepEqual(
			issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`),
			[],
		);
	});
}

test("the path of the Dockerfile is relative to the configuration", () => {
	const { dockerfile } = several.build as { dockerfile: string };
	assert.ok(existsSync(new URL(dockerfile, new URL("fly.machines.toml", import.meta.url))));
});

test("Valkey has no public service, and its configuration contains no password", () => {
	assert.equal(valkey.http_service, undefined);
	assert.equal(valkey.services, undefined);
	assert.doesNotMatch(JSON.stringify(valkey), /requirepass/);
});

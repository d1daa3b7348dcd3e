import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "smol-toml";
import * as v from "valibot";
import { FlyTomlSchema } from "./fly-toml-rules.ts";

const one = read("../../fly.toml");
const several = read("fly.machines.toml");
const valkey = read("valkey.toml");

function read(file: string): Record<string, unknown> {
	return parse(readFileSync(new URL(file, import.meta.url), "utf8")) as Record<string, unknown>;
}

/** Every value of a configuration by its path. */
function flat(value: unknown, path = ""): [string, unknown][] {
	if (value === null || typeof value !== "object") return [[path, value]];
	return Object.entries(value).flatMap(([key, inner]) => flat(inner, path === "" ? key : `${path}.${key}`));
}

function differences(a: Record<string, unknown>, b: Record<string, unknown>): string[] {
	const [left, right] = [new Map(flat(a)), new Map(flat(b))];
	const paths = new Set([...left.keys(), ...right.keys()]);
	return [...paths].filter((path) => left.get(path) !== right.get(path)).map((path) => `${path}: ${right.get(path)}`);
}

test("several machines differ from one by the volume, by sleep and by where the file lies, and by nothing else", () => {
	const found = differences(one, several).filter((path) => !path.startsWith("mounts."));
	assert.deepEqual(found.sort(), [
		"build.dockerfile: ../../Dockerfile",
		"env.DATABASE_PATH: undefined",
		"http_service.auto_stop_machines: off",
	]);
	assert.equal(several.mounts, undefined);
});

test("a difference that has crept in is noticed", () => {
	const changed = structuredClone(several) as { http_service: { concurrency: { soft_limit: number } } };
	changed.http_service.concurrency.soft_limit += 1;
	assert.ok(differences(one, changed).some((path) => path.startsWith("http_service.concurrency.soft_limit")));
});

for (const [name, config] of Object.entries({ "fly.machines.toml": several, "valkey.toml": valkey })) {
	test(`${name} has no key that flyctl doesn't read, and no value that it refuses or changes`, () => {
		const { issues = [] } = v.safeParse(FlyTomlSchema, config);
		assert.deepEqual(
			issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`),
			[],
		);
	});
}

test("the Dockerfile is where flyctl looks for it: beside the configuration", () => {
	const { dockerfile } = several.build as { dockerfile: string };
	assert.ok(existsSync(new URL(dockerfile, new URL("fly.machines.toml", import.meta.url))));
});

test("Valkey is open to nobody: it has no service, and its password is no part of its configuration", () => {
	assert.equal(valkey.http_service, undefined);
	assert.equal(valkey.services, undefined);
	assert.doesNotMatch(JSON.stringify(valkey), /requirepass/);
});

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { root } from "../../root.ts";
import { checkShipped, tellOfHarness } from "./check-advisories.ts";
import { FLOORS, KNOWN } from "./known.ts";
import { isBelow, knownProblems, readLockFile } from "./lock-file.ts";

/** A project that ships one version of `ws`, and has another for development. */
async function project(t: TestContext, version: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "hubbub-advisories-"));
	t.after(() => rm(folder, { recursive: true }));
	const manifest = { name: "a-project", version: "1.0.0", dependencies: { ws: version } };
	const lock = {
		...manifest,
		lockfileVersion: 3,
		requires: true,
		packages: {
			"": manifest,
			"node_modules/ws": { version },
			"node_modules/for-tests/node_modules/ws": { version: "1.0.0", dev: true },
		},
	};
	await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
	await writeFile(join(folder, "package-lock.json"), JSON.stringify(lock));
	return folder;
}

/** A registry that answers audits with this, or offers none; as npm's environment. */
async function registry(t: TestContext, advisories?: object): Promise<Record<string, string>> {
	const server = createServer((request, response) => {
		request.resume();
		const isAudit = request.method === "POST" && request.url?.endsWith("/advisories/bulk");
		if (!isAudit || advisories === undefined) response.writeHead(isAudit ? 405 : 404).end("{}");
		else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(advisories));
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	const cache = await mkdtemp(join(tmpdir(), "hubbub-npm-"));
	t.after(() => rm(cache, { recursive: true, force: true }));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	return { npm_config_registry: url, npm_config_cache: cache, npm_config_update_notifier: "false" };
}

const advisory = (severity: string) => ({
	ws: [{ id: 1, url: "https://example.org/1", title: "It breaks", severity, vulnerable_versions: "<9.0.0" }],
});

test("what the registry knows about is a problem, from moderate on", async (t) => {
	const folder = await project(t, "8.21.3");
	for (const [severity, count] of [
		["critical", 1],
		["high", 1],
		["moderate", 1],
		["low", 0],
	] as const) {
		const { problems, note } = await checkShipped(folder, await registry(t, advisory(severity)));
		assert.equal(problems.length, count, severity);
		if (count === 1) assert.equal(problems[0], `ws: ${severity}; It breaks https://example.org/1`);
		assert.equal(note, "asked the registry");
	}
});

test("where nothing is known all is well", async (t) => {
	const { problems } = await checkShipped(await project(t, "8.21.3"), await registry(t, {}));
	assert.deepEqual(problems, []);
});

test("a registry without audits is told of, and the table takes its place", async (t) => {
	const none = await registry(t);
	const well = await checkShipped(await project(t, "8.21.3"), none);
	assert.deepEqual(well.problems, []);
	assert.match(well.note, /known\.ts alone: the registry offers no audits \(405 /);
	const old = await checkShipped(await project(t, "8.20.1"), none);
	assert.deepEqual(old.problems, [
		"ws 8.20.1 has CVE-2026-48779 (tiny fragments exhaust the memory): 8.21.0 fixed it.",
		"ws 8.20.1 is older than 8.21.0, which the server was written for.",
	]);
});

test("a registry that can't be reached is no clean bill of health", async (t) => {
	const nowhere = { npm_config_registry: "http://127.0.0.1:9/" };
	const { problems, note } = await checkShipped(await project(t, "8.20.1"), nowhere);
	assert.equal(problems.length, 2);
	assert.match(note, /the registry offers no audits \(.+\)/);
});

test("the load harness is told of, and fails nothing", async (t) => {
	const folder = await project(t, "8.20.1");
	const known = await tellOfHarness(folder, ".", await registry(t, advisory("high")));
	assert.deepEqual(known.problems, []);
	assert.match(known.note, /^1 known, none of it shipped:\nws: high/);
	assert.equal(known.isUnchecked, undefined);
	const unasked = await tellOfHarness(folder, ".", await registry(t));
	assert.match(unasked.note, /^not checked: /);
	assert.ok(unasked.isUnchecked, "it must not pass for a check");
	assert.equal((await tellOfHarness(folder, ".", await registry(t, {}))).note, "nothing known");
});

test("the table is about packages that the server ships, and it ships what it was written for", () => {
	const lock = readLockFile(root);
	assert.deepEqual(knownProblems(lock), []);
	for (const name of [...KNOWN.map((known) => known.package), ...Object.keys(FLOORS)])
		assert.ok(lock.packages[`node_modules/${name}`], name);
	for (const { id } of KNOWN) assert.match(id, /^(CVE-\d{4}-\d+|GHSA(-\w{4}){3})$/);
});

test("versions are compared by number", () => {
	for (const [lower, higher] of [
		["8.9.0", "8.21.0"],
		["7.99.99", "8.0.0"],
		["8.21.0-rc.1", "8.21.0"],
		["4.2.6", "4.2.7"],
	] as const) {
		assert.ok(isBelow(lower, higher), `${lower} ${higher}`);
		assert.ok(!isBelow(higher, lower.split("-")[0]!), `${higher} ${lower}`);
	}
	assert.ok(!isBelow("8.21.0", "8.21.0"));
});

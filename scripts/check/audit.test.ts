import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { npmAudit } from "./audit.ts";
import { checkHarness, checkShipped } from "./checks.ts";

/** A project with `ws` in one version as a dependency, and in another for development. */
async function project(t: TestContext): Promise<string> {
	const version = "8.21.3";
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

/** Starts a registry that returns these advisories, or 405 without them. Returns the environment for npm. */
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

test("an advisory of moderate severity or higher is reported", async (t) => {
	const folder = await project(t);
	for (const severity of ["critical", "high", "moderate"]) {
		assert.deepEqual(await npmAudit(folder, await registry(t, advisory(severity))), {
			vulnerable: [`ws: ${severity}; It breaks https://example.org/1`],
		});
	}
	assert.deepEqual(await npmAudit(folder, await registry(t, advisory("low"))), { vulnerable: [] });
});

test("a package without advisories passes", async (t) => {
	assert.deepEqual(await npmAudit(await project(t), await registry(t, {})), { vulnerable: [] });
});

test("a registry that offers no audits is reported as such", async (t) => {
	const report = await npmAudit(await project(t), await registry(t));
	assert.ok("unavailable" in report);
	assert.match(report.unavailable, /^405 /);
});

test("a registry that cannot be reached is reported as such", async (t) => {
	const report = await npmAudit(await project(t), { npm_config_registry: "http://127.0.0.1:9/" });
	assert.ok("unavailable" in report && report.unavailable !== "");
});

test("an advisory on a shipped package fails the check, on a package of the load harness it does not", async (t) => {
	const env = await registry(t, advisory("high"));
	const folder = await project(t);
	assert.equal((await checkShipped(folder, env)).problems.length, 1);
	const harness = await checkHarness(folder, ".", env);
	assert.deepEqual(harness.problems, []);
	assert.match(harness.note, /^1 advisory, on packages that are not shipped:\nws: high/);
});

test("without an audit the check is skipped: it neither passes nor fails", async (t) => {
	const env = await registry(t);
	const folder = await project(t);
	for (const result of [await checkShipped(folder, env), await checkHarness(folder, ".", env)]) {
		assert.deepEqual(result.problems, []);
		assert.match(result.note, /^skipped: the registry offers no audits \(405 /);
		assert.equal(result.isSkipped, true);
	}
});

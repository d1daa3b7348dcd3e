import assert from "node:assert/strict";
import { test } from "node:test";
import { startFakeFly } from "./testing/fake-fly.ts";

const APP = "my-chat";
const NETWORK = "Post https://api.fly.io/graphql: dial tcp: i/o timeout";

/** In the order in which a deployment takes them. Secrets that were imported before a failure are not imported again. */
const STEPS: { command: string; when: "before" | "after" }[] = [
	{ command: "auth whoami", when: "before" },
	{ command: "apps list", when: "before" },
	{ command: "apps create", when: "before" },
	{ command: "secrets list", when: "before" },
	{ command: "secrets import", when: "before" },
	{ command: "secrets import", when: "after" },
	{ command: "deploy", when: "before" },
	{ command: "deploy", when: "after" },
];

test("a failure at any step, before or after it took effect, is reported, and the next attempt continues", async (t) => {
	const fly = await startFakeFly(t, (state) => {
		state.failures = STEPS.map((step) => ({ ...step, message: NETWORK, times: 1 }));
	});
	for (const [index, { command, when }] of STEPS.entries()) {
		const { code, output } = await fly.deploy(["--app", APP, "--url", fly.url]);
		assert.equal(code, 1, output);
		assert.match(output, /Fly\.io cannot be reached/);
		assert.match(output, /run (this|the same command) again/);
		const happened = fly.state().failures.map(({ times }) => times === 0);
		assert.deepEqual(
			happened,
			STEPS.map((_, step) => step <= index),
			`${when} "${command}" alone`,
		);
	}

	const again = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(again.code, 0, again.output);
	const { apps, log } = fly.state();
	assert.deepEqual(Object.keys(apps), [APP]);
	assert.equal(apps[APP]?.machines.length, 1);
	assert.equal(apps[APP]?.volumes.length, 1);
	const imports = log.filter((argv) => argv.slice(0, 2).join(" ") === "secrets import").length;
	assert.equal(imports, 2, "secrets are created once: the first import had no effect");
});

test("an app that exists after a failed creation counts as created", async (t) => {
	const fly = await startFakeFly(t, (state) => {
		state.failures.push({ command: "apps create", when: "after", message: NETWORK, times: 1 });
	});
	const { code, output } = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(code, 0, output);
});

test("an unknown failure is shown with the output of flyctl", async (t) => {
	const fly = await startFakeFly(t, (state) => {
		state.failures.push({ command: "deploy", when: "before", message: "the moon is in the wrong house", times: 1 });
	});
	const { code, output } = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(code, 1, output);
	assert.match(output, /`flyctl deploy .*` failed \(exit code 1\):/);
	assert.match(output, /the moon is in the wrong house/);
});

test("a secret that flyctl quotes in an error is hidden", async (t) => {
	const fly = await startFakeFly(t, (state) => {
		state.failures.push({
			command: "secrets import",
			when: "after",
			message: "Secrets must be NAME=VALUE ({input} is invalid)",
			times: 1,
		});
	});
	const { code, output } = await fly.deploy(["--app", APP, "--url", fly.url]);
	assert.equal(code, 1, output);
	assert.match(output, /SESSION_SECRET=\(hidden\)/);
	for (const value of Object.values(fly.state().apps[APP]!.secrets)) assert.ok(!output.includes(value));
});

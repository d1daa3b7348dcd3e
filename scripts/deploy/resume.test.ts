import assert from "node:assert/strict";
import { test } from "node:test";
import { startFakeFly } from "./testing/fake-fly.ts";

const APP = "my-chat";
const NETWORK = "Post https://api.fly.io/graphql: dial tcp: i/o timeout";

const steps: [command: string, when: "before" | "after"][] = [
	["auth whoami", "before"],
	["apps list", "before"],
	["apps create", "before"],
	["secrets list", "before"],
	["secrets import", "before"],
	["secrets import", "after"],
	["deploy", "before"],
	["deploy", "after"],
];

for (const [command, when] of steps) {
	test(`a failure ${when} "${command}" took effect is reported, and the next attempt succeeds`, async (t) => {
		const fly = await startFakeFly(t, (state) => {
			state.failures.push({ command, when, message: NETWORK, times: 1 });
		});
		const failed = await fly.deploy(["--app", APP, "--url", fly.url]);
		assert.equal(failed.code, 1, failed.output);
		assert.match(failed.output, /Fly\.io cannot be reached/);
		assert.match(failed.output, /run (this|the same command) again/);

		const again = await fly.deploy(["--app", APP, "--url", fly.url]);
		assert.equal(again.code, 0, again.output);
		const { apps, log } = fly.state();
		assert.deepEqual(Object.keys(apps), [APP]);
		assert.equal(apps[APP]?.machines.length, 1);
		assert.equal(apps[APP]?.volumes.length, 1);
		const imports = log.filter((argv) => argv.slice(0, 2).join(" ") === "secrets import").length;
		assert.equal(imports, command === "secrets import" && when === "before" ? 2 : 1, "secrets are created once");
	});
}

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

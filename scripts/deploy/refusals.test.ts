import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { publicOriginOf } from "./secrets.ts";
import { runScript, startFakeFly } from "./testing/fake-fly.ts";
import type { FakeFlyState } from "./testing/state.ts";

/** Returns the commands that changed something. */
function changes(state: FakeFlyState): string[] {
	return state.log
		.map((argv) => argv.join(" "))
		.filter((line) => /^(apps create|secrets import|deploy|apps destroy)/.test(line));
}

test("without flyctl, the deployment explains how to install it", async () => {
	const { code, output } = await runScript("deploy.ts", ["--app", "my-chat"], "", { PATH: "/nowhere", HOME: tmpdir() });
	assert.equal(code, 2);
	assert.match(output, /flyctl, the command-line tool of Fly.io, is not installed/);
	assert.match(output, /curl -L https:\/\/fly.io\/install.sh \| sh/);
});

const refusals: [what: string, args: string[], setUp: (state: FakeFlyState) => void, says: RegExp[]][] = [
	[
		"there is no login",
		["--app", "my-chat"],
		(state) => {
			state.login = undefined;
		},
		[/not logged in to Fly\.io/, /flyctl auth login/, /FLY_API_TOKEN/],
	],
	["the name is taken", ["--app", "taken"], () => {}, [/"taken" is taken/, /--app ANOTHER-NAME/]],
	["the region is unknown", ["--app", "my-chat", "--region", "xyz"], () => {}, [/no region "xyz"/, /ams, fra, iad/]],
	["the organisation is unknown", ["--app", "my-chat", "--org", "acme"], () => {}, [/no such organisation/, /--org/]],
	[
		"there are several organisations",
		["--app", "my-chat"],
		(state) => {
			state.orgs.acme = "Acme";
		},
		[/several organisations/, /--org personal or --org acme/],
	],
	[
		"there is no payment card",
		["--app", "my-chat"],
		(state) => {
			state.hasCard = false;
		},
		[/payment card/, /https:\/\/fly\.io\/dashboard/],
	],
	[
		"the app is in another region",
		["--app", "my-chat", "--region", "iad"],
		(state) => {
			const volumes = [{ id: "vol_1", region: "ams", sizeGb: 1 }];
			state.apps["my-chat"] = { org: "personal", secrets: {}, released: [], volumes, machines: [] };
		},
		[/my-chat is in ams/, /Leave --region out/],
	],
	[
		"the app has two machines and no shared database",
		["--app", "my-chat"],
		(state) => {
			const machine = { region: "fra", state: "started", build: "old", pid: undefined };
			const machines = [
				{ ...machine, id: "1" },
				{ ...machine, id: "2" },
			];
			state.apps["my-chat"] = { org: "personal", secrets: {}, released: [], volumes: [], machines };
		},
		[/2 machines, each with its own database/, /flyctl scale count 1 -a my-chat/],
	],
];

for (const [what, args, setUp, says] of refusals) {
	test(`a deployment is refused when ${what}, with a remedy, and changes nothing`, async (t) => {
		const fly = await startFakeFly(t, setUp);
		const before = fly.state().apps;
		const { code, output } = await fly.deploy(args);
		assert.equal(code, 2, output);
		for (const pattern of says) assert.match(output, pattern);
		assert.doesNotMatch(output, /^ +at .*:\d+:\d+/m, "no stack trace");
		assert.deepEqual(fly.state().apps, before);
	});
}

const mistakes: [args: string[], says: RegExp][] = [
	[[], /Give the name of the app: npm run deploy -- --app my-chat/],
	[["--app", "My Chat"], /"My Chat" is not a valid app name/],
	[["--app", "my-chat", "--region", "Frankfurt"], /"Frankfurt" is not a region/],
	[["--app", "my-chat", "--url", "chat.example.org"], /--url takes one such as https:\/\/chat\.example\.org/],
	[["--app", "my-chat", "--wait", "soon"], /--wait takes whole seconds/],
	[["--app", "my-chat", "--dryrun"], /Unknown option '--dryrun'/],
	[["my-chat"], /Unexpected argument 'my-chat'/],
];
for (const [args, says] of mistakes) {
	test(`the command line "${args.join(" ")}" is refused with a sentence`, async (t) => {
		const fly = await startFakeFly(t);
		const { code, output } = await fly.deploy(args);
		assert.equal(code, 2);
		assert.match(output, says);
		assert.deepEqual(fly.state().log, []);
	});
}

test("a dry run prints the commands in order and runs none", async (t) => {
	const fly = await startFakeFly(t);
	const { code, output } = await fly.deploy(["--app", "my-chat", "--region", "ams", "--org", "acme", "--dry-run"]);
	assert.equal(code, 0, output);
	assert.deepEqual(fly.state().log, []);
	const commands = output.split("\n").filter((line) => /^(flyctl|GET|npm)/.test(line));
	assert.deepEqual(
		commands.map((line) => line.replace(/BUILD_ID=\S+/, "BUILD_ID=…")),
		[
			"flyctl auth whoami",
			"flyctl platform regions --json",
			"flyctl apps list --json",
			"flyctl apps create my-chat --org acme --yes",
			"flyctl secrets list -a my-chat --json",
			"flyctl secrets import --stage -a my-chat",
			"flyctl deploy -a my-chat -c fly.toml --remote-only --ha=false --primary-region ams --build-arg BUILD_ID=… --yes",
			"GET https://my-chat.fly.dev/readyz, until this build responds",
			"npm run smoke -- https://my-chat.fly.dev",
		],
	);
});

test("with an address of its own the app is given its PUBLIC_ORIGIN", async (t) => {
	const fly = await startFakeFly(t);
	const { output } = await fly.deploy(["--app", "my-chat", "--url", "https://chat.example.org", "--dry-run"]);
	assert.match(output, /missing ones of SESSION_SECRET, ADMIN_TOKEN, LOAD_TOKEN, PUBLIC_ORIGIN, on/);
	const { PUBLIC_ORIGIN } = publicOriginOf({ app: "my-chat", url: "https://chat.example.org" });
	assert.equal(PUBLIC_ORIGIN, "https://chat.example.org,https://my-chat.fly.dev");
	assert.deepEqual(publicOriginOf({ app: "my-chat", url: "https://my-chat.fly.dev" }), {});
});

test("a removal asks for the name of the app, and does nothing for any other input", async (t) => {
	const fly = await startFakeFly(t, withApp);
	for (const typed of ["", "y\n", "my-cat\n"]) {
		const { code, output } = await fly.deploy(["--app", "my-chat", "--destroy"], typed);
		assert.equal(code, 2, output);
		assert.match(output, /with all its messages/);
		assert.match(output, /Nothing was removed/);
	}
	assert.deepEqual(changes(fly.state()), []);
	assert.ok(fly.state().apps["my-chat"]);
});

test("a removal starts when the name is typed, and can be repeated", async (t) => {
	const fly = await startFakeFly(t, withApp);
	const first = await fly.deploy(["--app", "my-chat", "--destroy"], "my-chat\n");
	assert.equal(first.code, 0, first.output);
	assert.deepEqual(fly.state().apps, {});
	const second = await fly.deploy(["--app", "my-chat", "--destroy"]);
	assert.equal(second.code, 0, second.output);
	assert.match(second.output, /nothing to remove/);
	assert.deepEqual(changes(fly.state()), ["apps destroy my-chat --yes"]);
});

test("a removal with --yes does not ask", async (t) => {
	const fly = await startFakeFly(t, withApp);
	const { code, output } = await fly.deploy(["--app", "my-chat", "--destroy", "--yes"]);
	assert.equal(code, 0, output);
	assert.deepEqual(fly.state().apps, {});
});

function withApp(state: FakeFlyState): void {
	state.apps["my-chat"] = { org: "personal", secrets: {}, released: [], volumes: [], machines: [] };
}

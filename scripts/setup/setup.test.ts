import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../root.ts";
import { NODE_LTS } from "./pins.mjs";
import { provideTool } from "./tools.mjs";

/** The oldest Node that setup supports. */
const OLD_NODE = "20.19.0";

type Ended = { code: number; output: string };

describe("setup in a fresh clone, on an old Node", { skip: process.platform === "win32" }, () => {
	const clone = mkdtempSync(join(tmpdir(), "hubbub-clone-"));
	const modules = join(clone, "node_modules");
	const manifests = ["package.json", "package-lock.json"];
	const read = () => manifests.map((file) => readFileSync(join(clone, file), "utf8"));
	let asCloned: string[];
	let oldNode: string;

	before(async () => {
		oldNode = await provideTool(root, "node", OLD_NODE);
		for (const part of [...manifests, "scripts"]) cpSync(join(root, part), join(clone, part), { recursive: true });
		asCloned = read();
	});
	after(() => rmSync(clone, { recursive: true, force: true }));

	/** Runs node as an npm script does, with the programs of the clone first on the PATH. */
	function run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
		const path = [join(modules, ".bin"), dirname(oldNode), process.env.PATH].join(delimiter);
		const options = { cwd: clone, env: { ...process.env, NODE_TEST_CONTEXT: undefined, PATH: path, ...env } };
		return new Promise((resolve) => {
			execFile("node", args, options, (error, stdout, stderr) =>
				resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
			);
		});
	}
	const setup = (...flags: string[]) => run(["scripts/setup.mjs", ...flags]);

	test("of two at once, one installs and both succeed; each download is reported", async () => {
		const [first, second] = await Promise.all([setup("--production"), setup("--production")]);
		assert.deepEqual([first.code, second.code], [0, 0], first.output + second.output);
		const output = first.output + second.output;
		assert.equal(output.match(/Installing \d+ packages, once…/g)?.length, 1, output);
		assert.equal(output.match(/Downloading node .*, once…/g)?.length, 1, output);
		assert.match(output, /Node 20\.19\.0 is older than 24\.15\.0: the commands of this project use Node/);
		assert.match(output, /Another setup \(process \d+\) is running: waiting for it…/);
	});

	test("--production installs no development dependencies, and node is the current LTS", async () => {
		assert.equal(existsSync(join(modules, "socket.io")), true);
		assert.equal(existsSync(join(modules, "@biomejs")), false);
		assert.deepEqual(await run(["--version"]), { code: 0, output: `v${NODE_LTS}\n` });
	});

	test("a second run does nothing and prints nothing", async () => {
		assert.deepEqual(await setup("--production"), { code: 0, output: "" });
	});

	test("removed packages are installed again", async () => {
		rmSync(join(modules, "hono"), { recursive: true });
		rmSync(join(modules, ".cache"), { recursive: true });
		assert.equal((await setup("--production")).code, 0);
		assert.equal(existsSync(join(modules, "hono", "package.json")), true);
		assert.deepEqual(await run(["--version"]), { code: 0, output: `v${NODE_LTS}\n` });
	});

	test("package-lock.json and package.json are not changed", () => {
		assert.deepEqual(read(), asCloned);
	});

	test("without a registry it prints what to do, with exit code 1", async () => {
		rmSync(modules, { recursive: true });
		const offline = {
			npm_config_registry: "http://127.0.0.1:9/",
			npm_config_cache: join(clone, "empty-cache"),
			npm_config_fetch_retries: "0",
		};
		const { code, output } = await run(["scripts/setup.mjs", "--production"], offline);
		assert.equal(code, 1, output);
		assert.match(output, /Setup stopped: /);
		assert.match(output, /If the npm registry could not be reached, connect and run the same command again\./);
		assert.equal(existsSync(join(modules, ".cache", "setup.lock")), false);
	});
});

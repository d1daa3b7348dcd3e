import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
	chmodSync,
	existsSync,
	globSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ServerProcess } from "../../load/kit/server-process.ts";
import { root } from "../root.ts";
import { NODE_LTS } from "../setup/pins.mjs";
import { smoke } from "../smoke/smoke.ts";
import { buildContext, copyFiles } from "./testing/build-context.ts";
import { environmentOf, parseDockerfile, valuesOf } from "./testing/dockerfile.ts";

/** Without a Docker engine, the commands of the Dockerfile run in a folder instead. */
const { globals, stages } = parseDockerfile(readFileSync(join(root, "Dockerfile"), "utf8"));
const build = stages.find(({ name }) => name === "build")!;
const last = stages.at(-1)!;
const context = buildContext(root);
const folder = mkdtempSync(join(tmpdir(), "hubbub-image-"));
const app = join(folder, "app");
const isRoot = process.platform === "linux" && process.getuid?.() === 0;

function runInBuildStage(command: string): void {
	const line = command.replaceAll("/app", app);
	const env = { ...process.env, BUILD_ID: "image-test" };
	const { status, stdout, stderr } = spawnSync("sh", ["-c", line], {
		cwd: join(folder, "build"),
		env,
		encoding: "utf8",
	});
	assert.equal(status, 0, `${line}\n${stdout}\n${stderr}`);
}

/** Returns the path and the digest of each file. */
function digests(): string[] {
	return globSync("**/*", { cwd: app })
		.filter((file) => statSync(join(app, file)).isFile())
		.sort()
		.map(
			(file) =>
				`${file} ${createHash("sha256")
					.update(readFileSync(join(app, file)))
					.digest("hex")}`,
		);
}

before(() => {
	mkdirSync(join(folder, "build"));
	// Readable for the user node.
	chmodSync(folder, 0o755);
	copyFiles(context, root, join(folder, "build"));
	for (const command of valuesOf(build, "RUN")) runInBuildStage(command);
	// COPY makes root the owner of all files.
	if (isRoot) spawnSync("chown", ["-R", "0:0", app]);
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("the build steps turn the build context into a server without node_modules", async () => {
	assert.ok(existsSync(join(app, "main.mjs")));
	assert.ok(existsSync(join(app, "web", "index.html")));
	assert.ok(!globSync("**/node_modules", { cwd: app }).length);
});

test("started as in the image, the server passes the smoke test as the user node, and exits on SIGTERM", async (t) => {
	const data = join(folder, "data");
	const foreign = join(data, "of another program");
	mkdirSync(data);
	writeFileSync(foreign, "");
	const asNode = join(folder, "build", "scripts", "image", "as-node.sh");
	const server = await ServerProcess.start({
		command: [asNode, "node", join(app, "main.mjs")],
		cwd: app,
		inherit: false,
		env: {
			...environmentOf(last),
			PATH: `${join(process.execPath, "..")}:${process.env.PATH}`,
			DATABASE_PATH: join(data, "hubbub.db"),
			HOST: "127.0.0.1",
			PORT: undefined,
		},
	});
	t.after(() => server.kill());
	assert.equal((await smoke(server.url)).ok, true);
	if (isRoot) {
		const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
		assert.match(status, /^Uid:\t1000\t1000\t1000\t1000$/m);
		assert.match(status, /^Gid:\t1000\t1000\t1000\t1000$/m);
		assert.match(status, /^CapEff:\t0+$/m);
		assert.match(status, /^NoNewPrivs:\t1$/m);
		assert.equal(statSync(data).uid, 1000);
		assert.equal(statSync(foreign).uid, 0, "only the database's own files change their owner");
	}
	assert.equal(await server.stop(), 0, server.output());
});

test("two builds of the same sources are identical", () => {
	const first = digests();
	rmSync(app, { recursive: true });
	for (const command of valuesOf(build, "RUN").slice(1)) runInBuildStage(command);
	assert.deepEqual(digests(), first);
});

test("the build context contains no secrets, no data and no tests", () => {
	for (const file of context) assert.doesNotMatch(file, /\.env|^data\/|^\.git\/|node_modules|\.test\.ts$/);
	for (const file of ["package-lock.json", "tsconfig.json", "app/main.ts", "web/index.html"]) {
		assert.ok(context.includes(file), `${file} is missing`);
	}
});

test("the base image has the Node version of the tests, and only /app and as-node are copied from the build stage", () => {
	assert.deepEqual(
		globals.map(({ value }) => value),
		[`NODE_IMAGE=node:${NODE_LTS}-trixie-slim`],
	);
	assert.equal(last.from, "scratch");
	const kept = valuesOf(last, "COPY").filter((value) => value.includes("--from=build"));
	assert.deepEqual(kept.map((value) => value.split(" ").at(-1)).sort(), ["/app", "/usr/local/bin/as-node"]);
	assert.deepEqual(JSON.parse(valuesOf(last, "ENTRYPOINT")[0]!), ["as-node"]);
	assert.deepEqual(JSON.parse(valuesOf(last, "CMD")[0]!), ["node", "/app/main.mjs"]);
});

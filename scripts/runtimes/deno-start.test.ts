import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerProcess } from "../../load/kit/server-process.ts";
import { root } from "../root.ts";
import { DENO } from "../setup/pins.mjs";
import { provideTool } from "../setup/tools.mjs";
import { smoke } from "../smoke/smoke.ts";

test("deno task start runs a server that passes the smoke test and exits on SIGTERM", async (t) => {
	const deno = await provideTool(root, "deno", DENO);
	const server = await ServerProcess.start({ command: [deno, "task", "start"], cwd: root });
	t.after(() => server.kill());
	const result = await smoke(server.url);
	assert.ok(result.ok, JSON.stringify(result) + server.output());
	await server.stop();
	await assert.rejects(fetch(`${server.url}/livez`), "no process is left");
});

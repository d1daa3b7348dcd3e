import assert from "node:assert/strict";
import { test } from "node:test";
import { runServer } from "../local-server/run-server.ts";
import { root } from "../root.ts";
import { DENO } from "../setup/pins.mjs";
import { provideTool } from "../setup/tools.mjs";
import { smoke } from "../smoke/smoke.ts";

test("`deno task start` starts a server that passes the smoke test and ends on SIGTERM", async (t) => {
	const deno = await provideTool(root, "deno", DENO);
	const server = await runServer({ command: [deno, "task", "start"], cwd: root });
	t.after(() => server.process.kill("SIGKILL"));
	const result = await smoke(server.url);
	assert.ok(result.ok, JSON.stringify(result) + server.output());
	await server.stop();
	await assert.rejects(fetch(`${server.url}/livez`), "nothing of it is left running");
});

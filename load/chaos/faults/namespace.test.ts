import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { CleanUp } from "../run/clean-up.ts";
import { Namespace, noNamespace } from "./namespace.ts";

const ECHO = `require("node:net").createServer((socket) => socket.pipe(socket).on("error", () => {}))
	.listen(7000, "0.0.0.0", () => console.log("ready"))`;

test("a cut cable swallows everything without a word, a mended one brings it, and nothing is left behind", async (t) => {
	const obstacle = noNamespace();
	if (obstacle !== undefined) return t.skip(obstacle);
	{
		using cleanUp = new CleanUp();
		const network = new Namespace(cleanUp);
		const [program, ...args] = network.by;
		const echo = spawn(program!, [...args, process.execPath, "-e", ECHO]);
		cleanUp.add(() => echo.kill("SIGKILL"));
		await once(echo.stdout, "data");
		const far = connect(7000, network.address(0));
		const near = connect(7000, network.address(1));
		cleanUp.add(() => far.destroy());
		cleanUp.add(() => near.destroy());
		const heard = { far: 0, near: 0 };
		far.on("data", (chunk: Buffer) => {
			heard.far += chunk.length;
		});
		near.on("data", (chunk: Buffer) => {
			heard.near += chunk.length;
		});
		const say = async (isHeard: () => boolean) => {
			while (!isHeard()) {
				far.write("x");
				near.write("x");
				await sleep(20);
			}
		};
		await say(() => heard.far > 0 && heard.near > 0);
		network.cut("out");
		// What was on its way when the cable was cut has come by the time that the other one has brought some more.
		const wasNear = heard.near;
		await say(() => heard.near > wasNear + 5);
		const [whenCut, before] = [heard.far, heard.near];
		await say(() => heard.near > before + 10);
		assert.equal(heard.far, whenCut);
		assert.equal(far.destroyed, false, "nobody has been told");
		network.mend("out");
		await say(() => heard.far > whenCut);
		network.cut("in");
	}
	const left = spawnSync("sh", ["-c", "ip link; ip route; ip netns"], { encoding: "utf8" }).stdout;
	assert.doesNotMatch(
		left,
		new RegExp(`hb${process.pid}|hubbub-${process.pid}|blackhole 198\\.18\\.${process.pid % 256}\\.`),
	);
});

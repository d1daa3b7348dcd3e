import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { CleanUp } from "../../kit/clean-up.ts";
import { Namespace, noNamespace } from "./namespace.ts";

const ECHO = `require("node:net").createServer((socket) => socket.pipe(socket).on("error", () => {}))
	.listen(7000, "0.0.0.0", () => console.log("ready"))`;

test("packets that are dropped on one link notify nobody, arrive again once it is restored, and nothing is left behind", async (t) => {
	const obstacle = noNamespace();
	if (obstacle !== undefined) return t.skip(obstacle);
	{
		using cleanUp = new CleanUp();
		const network = new Namespace(cleanUp);
		const [program, ...args] = network.exec;
		const echo = spawn(program!, [...args, process.execPath, "-e", ECHO]);
		cleanUp.add(() => echo.kill("SIGKILL"));
		await once(echo.stdout, "data");
		const far = connect(7000, network.address(0));
		const near = connect(7000, network.address(1));
		cleanUp.add(() => far.destroy());
		cleanUp.add(() => near.destroy());
		const received = { far: 0, near: 0 };
		far.on("data", (chunk: Buffer) => {
			received.far += chunk.length;
		});
		near.on("data", (chunk: Buffer) => {
			received.near += chunk.length;
		});
		const sendUntil = async (hasArrived: () => boolean) => {
			while (!hasArrived()) {
				far.write("x");
				near.write("x");
				await sleep(20);
			}
		};
		await sendUntil(() => received.far > 0 && received.near > 0);
		network.drop("out");
		// Packets in flight at the drop have arrived once the other link has delivered some more.
		const nearBefore = received.near;
		await sendUntil(() => received.near > nearBefore + 5);
		const [farBefore, before] = [received.far, received.near];
		await sendUntil(() => received.near > before + 10);
		assert.equal(received.far, farBefore);
		assert.equal(far.destroyed, false, "the connection must not notice");
		network.restore("out");
		await sendUntil(() => received.far > farBefore);
		network.drop("in");
	}
	const left = spawnSync("sh", ["-c", "ip link; ip route; ip netns"], { encoding: "utf8" }).stdout;
	assert.doesNotMatch(
		left,
		new RegExp(`hb${process.pid}|hubbub-${process.pid}|blackhole 198\\.18\\.${process.pid % 256}\\.`),
	);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../testing/manual-clock.ts";
import type { ChatSocket } from "../connection.ts";
import { PacketFloodGuard } from "./packet-flood.ts";

test("L1 a socket above the rate is disconnected once, and nothing else that it sent is handled", () => {
	const clock = new ManualClock();
	const reasons: string[] = [];
	const disconnector = { socket: (_: ChatSocket, { reason }: { reason: string }) => void reasons.push(reason) };
	const guard = new PacketFloodGuard({ packets: { perSecond: 1, burst: 2 } }, clock, disconnector);
	const [eve, ada] = [{ id: "eve" }, { id: "ada" }] as unknown as [ChatSocket, ChatSocket];
	assert.deepEqual(
		[1, 2, 3, 4].map(() => guard.admits(eve)),
		[true, true, false, false],
	);
	clock.advance(10_000);
	assert.equal(guard.admits(eve), false, "until the connection has closed");
	assert.deepEqual(reasons, ["flood"]);
	assert.equal(guard.admits(ada), true);
});

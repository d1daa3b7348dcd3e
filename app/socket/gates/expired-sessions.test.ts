import assert from "node:assert/strict";
import { test } from "node:test";
import { SESSION_MS } from "../../room/ports/sessions.ts";
import { startServer } from "../../testing/harness.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { Disconnector } from "../disconnect.ts";
import { disconnectExpiredSessions } from "./expired-sessions.ts";

const MINUTE_MS = 60_000;

test("S7 the connections of an expired session are closed within a minute, and no others", async (t) => {
	const server = await startServer(t);
	const clock = new ManualClock();
	const reasons: string[] = [];
	const disconnector = new Disconnector({ disconnected: ({ reason }) => reasons.push(reason) });
	t.after(disconnectExpiredSessions(server.io, clock, disconnector));
	const session = await server.signIn("ada");
	const tabs = [await server.connect(session), await server.connect(session, { transports: ["polling"] })];
	clock.advance(Date.now() + SESSION_MS - MINUTE_MS - clock.now());
	assert.deepEqual(reasons, []);
	// Ben signed in later: his session expires later.
	const ben = await server.client("ben");
	for (const socket of server.io.sockets.sockets.values())
		if (socket.data.connection.user.id === ben.user.id) socket.data.expiresAt += SESSION_MS;
	clock.advance(2 * MINUTE_MS);
	for (const tab of tabs) await tab.until(() => tab.socket.disconnected, "the disconnect");
	assert.deepEqual(reasons, ["session_expired", "session_expired"]);
	assert.ok(ben.socket.connected);
	assert.equal(clock.pending, 1, "one timer for all of them");
});

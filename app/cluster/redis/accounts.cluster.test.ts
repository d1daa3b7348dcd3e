import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addPasskey, call, post, signInWith } from "../../testing/passkeys.ts";
import { services, startChat } from "../testing/chat-of-processes.ts";

const running = services();

describe("passkeys and sessions on several processes", () => {
	test("K3 K7 a passkey of one process signs in on the other; a session that ends on one ends on both", async (t) => {
		const [one, other] = await startChat(t, running());
		const ada = await one!.signIn("Ada");
		const { authenticator } = await addPasskey(one!, ada);
		authenticator.origin = other!.url;
		// The challenge is that of the first process, and the answer goes to the second one.
		const options = (await post(one!, "/api/session/passkey/options", {})).body;
		const signedIn = await post(other!, "/api/session/passkey", { credential: authenticator.get(options) });
		assert.equal(signedIn.status, 201);
		const again = (await signInWith(other!, authenticator)).body;
		const [first, second] = [await other!.connect(signedIn.body), await other!.connect(again)];
		const id = first.session.token.split(".")[0]!;
		assert.equal((await call(one!, "DELETE", `/api/sessions/${id}`, undefined, ada)).status, 204);
		await first.until(() => first.socket.disconnected, "the disconnect of the revoked session");
		assert.ok(second.socket.connected);
		await call(one!, "DELETE", "/api/sessions", undefined, ada);
		await second.until(() => second.socket.disconnected, "the disconnect of the others");
		assert.equal((await call(other!, "GET", "/api/session", undefined, second.session)).status, 401);
	});

	test("K8 a new name of one process holds on the other: its people, its names and its connections", async (t) => {
		const [one, other] = await startChat(t, running());
		const session = await one!.signIn("Ada");
		const [here, there] = [await one!.connect(session), await other!.connect(session)];
		const ben = await other!.client("Ben");
		for (const client of [here, there, ben]) await client.join("lobby");
		assert.equal((await call(one!, "PUT", "/api/session", { name: "Lin" }, session)).status, 200);
		await there.next("user:renamed", ({ name }) => name === "Lin");
		await ben.next("presence:diff", ({ joins }) => joins.some(({ name }) => name === "Lin"));
		await there.send("lobby", "hello");
		assert.equal((await ben.history({ room: "lobby" })).messages[0]?.author.name, "Lin");
		const ada = await other!.client("Ada");
		await ada.join("lobby");
		const refused = await (await one!.client("LIN")).request("room:join", { room: "lobby" });
		assert.equal(!refused.ok && refused.error.code, "name_taken");
		const elsewhere = await call(one!, "PUT", "/api/session", { name: "Ben" }, session);
		assert.equal(elsewhere.status, 200);
		await here.until(() => here.socket.disconnected, "the disconnect: Ben is on the other process");
	});

	test("K2 a name that becomes a person's own on one process is refused on the other", async (t) => {
		const [one, other] = await startChat(t, running());
		const guest = await other!.client("Ada");
		await guest.join("lobby");
		const ada = await one!.client("Ada");
		await addPasskey(one!, ada.session);
		await guest.until(() => guest.socket.disconnected, "the disconnect of the guest of the same name");
		await ada.join("lobby");
		assert.equal((await post(other!, "/api/session", { name: "Ada" })).status, 409);
	});
});

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { MAX_PASSKEYS, RECOVERY_CODES } from "../../protocol/limits.ts";
import type { SessionData } from "../../protocol/session.ts";
import { Authenticator } from "../../testing/authenticator.ts";
import { startServer } from "../../testing/harness.ts";
import { addPasskey, call, post, signInWith } from "../../testing/passkeys.ts";

const as = ({ body }: { body: SessionData }): SessionData => body;

describe("passkeys", () => {
	test("K1 K3 a guest adds one, keeps the id, is a member, and signs in with it on another device", async (t) => {
		const server = await startServer(t);
		const ada = await server.signIn("Ada");
		const connected = await server.connect(ada);
		const { authenticator, options, added, passkey } = await addPasskey(server, ada);
		assert.equal(added.status, 201);
		assert.deepEqual(
			[options.rp, Buffer.from(options.user.id, "base64url").toString(), options.attestation],
			[{ name: "Hubbub", id: "127.0.0.1" }, ada.user.id, "none"],
		);
		assert.deepEqual([passkey.id, passkey.device], [authenticator.id, "Firefox on Linux"]);
		assert.equal(new Set(passkey.recoveryCodes).size, RECOVERY_CODES);
		assert.match(passkey.recoveryCodes![0]!, /^([\da-hjkmnp-tv-z]{4}-){3}[\da-hjkmnp-tv-z]{4}$/);
		const me = await call(server, "GET", "/api/session", undefined, ada);
		assert.deepEqual(me.body.user, { ...ada.user, role: "member" });

		const signedIn = await signInWith(server, authenticator);
		assert.equal(signedIn.status, 201);
		assert.deepEqual(signedIn.body.user, { ...ada.user, role: "member" });
		assert.match(signedIn.headers.getSetCookie()[0]!, /^session=.*HttpOnly; SameSite=Lax/);
		await (await server.connect(as(signedIn))).join("lobby");
		assert.ok(connected.socket.connected);
		const listed = await call(server, "GET", "/api/passkeys", undefined, as(signedIn));
		assert.equal(listed.body.recoveryCodes, RECOVERY_CODES);
		assert.equal(typeof listed.body.passkeys[0].usedAt, "number");
	});

	test("K1 what was not created for this user, this site and this challenge is refused", async (t) => {
		const server = await startServer(t);
		const [ada, ben] = [await server.signIn("Ada"), await server.signIn("Ben")];
		const options = (await post(server, "/api/passkeys/options", {}, ada)).body;
		const own = (await post(server, "/api/session/passkey/options", {})).body;
		const authenticator = new Authenticator(server.url);
		const genuine = authenticator.create(options);
		const refused: [object, SessionData][] = [
			[genuine, ben],
			[new Authenticator("https://evil.example").create(options), ada],
			[new Authenticator(server.url).create({ ...options, rp: { id: "evil.example" } }), ada],
			[new Authenticator(server.url).create({ ...options, challenge: "AAAA" }), ada],
			[new Authenticator(server.url).create({ ...options, challenge: own.challenge }), ada],
			[{ ...genuine, response: { ...genuine.response, attestationObject: "AAAA" } }, ada],
			[{ ...genuine, id: "other" }, ada],
			[{ ...genuine, response: { ...genuine.response, clientDataJSON: "x".repeat(6_000) } }, ada],
			[{}, ada],
		];
		for (const [credential, session] of refused) {
			const response = await post(server, "/api/passkeys", { credential }, session);
			assert.ok([400, 413].includes(response.status), JSON.stringify(response.body));
		}
		assert.equal((await post(server, "/api/passkeys", { credential: genuine }, ada)).status, 201);
		const again = await post(server, "/api/passkeys", { credential: genuine }, ada);
		assert.deepEqual([again.status, again.body.error.code], [400, "bad_request"]);
		assert.equal((await call(server, "GET", "/api/passkeys", undefined, ben)).body.passkeys.length, 0);
	});

	test("K1 certificates are refused, and no address in them is requested", async (t) => {
		const server = await startServer(t);
		const requested: string[] = [];
		const trap = createServer((request, response) => {
			requested.push(request.url ?? "");
			response.end();
		});
		await new Promise<void>((resolve) => trap.listen(0, "127.0.0.1", resolve));
		t.after(() => trap.close());
		const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/list.crl`;
		const ada = await server.signIn("Ada");
		const options = (await post(server, "/api/passkeys/options", {}, ada)).body;
		for (const fmt of ["packed", "fido-u2f", "apple", "android-key", "tpm", "android-safetynet", "other"]) {
			const attStmt = new Map<string, unknown>([["x5c", [Buffer.from(`certificate with ${url}`)]]]);
			const credential = new Authenticator(server.url).create(options, { fmt, attStmt: attStmt as never });
			assert.equal((await post(server, "/api/passkeys", { credential }, ada)).status, 400, fmt);
		}
		assert.deepEqual(requested, []);
	});

	test("K3 a use is accepted once; every failure looks the same", async (t) => {
		const server = await startServer(t);
		const ada = await server.signIn("Ada");
		const { authenticator } = await addPasskey(server, ada);
		const options = (await post(server, "/api/session/passkey/options", {})).body;
		assert.deepEqual([options.rpId, options.allowCredentials ?? []], ["127.0.0.1", []]);
		const credential = authenticator.get(options);
		const { signature } = credential.response;
		const stranger = new Authenticator(server.url);
		stranger.create((await post(server, "/api/passkeys/options", {}, ada)).body);
		const creating = (await post(server, "/api/passkeys/options", {}, ada)).body;
		const failures = [
			stranger.get(options),
			authenticator.get({ ...options, challenge: "AAAA" }),
			authenticator.get({ ...options, challenge: creating.challenge }),
			authenticator.get({ ...options, rpId: "evil.example" }),
			{ ...credential, response: { ...credential.response, signature: `AAAA${signature.slice(4)}` } },
			{ ...credential, response: { ...credential.response, userHandle: "AAAA" } },
		];
		const seen = new Set<string>();
		for (const failure of failures) {
			const response = await post(server, "/api/session/passkey", { credential: failure });
			seen.add(`${response.status} ${JSON.stringify(response.body)}`);
		}
		assert.equal((await post(server, "/api/session/passkey", { credential })).status, 201);
		const replayed = await post(server, "/api/session/passkey", { credential });
		seen.add(`${replayed.status} ${JSON.stringify(replayed.body)}`);
		assert.deepEqual([seen.size, replayed.status], [1, 404], [...seen].join("\n"));
	});

	test("K3 an authenticator that counts backwards was copied, and is refused", async (t) => {
		const server = await startServer(t);
		const { authenticator } = await addPasskey(server, await server.signIn("Ada"));
		authenticator.counter = 5;
		assert.equal((await signInWith(server, authenticator)).status, 201);
		authenticator.counter = 4;
		assert.equal((await signInWith(server, authenticator)).status, 404);
	});

	test("K1 the site is the first PUBLIC_ORIGIN, whatever host a request names", async (t) => {
		const env = { PUBLIC_ORIGIN: "https://chat.example,https://chat.example:8443" };
		const server = await startServer(t, { env });
		const ada = await server.signIn("Ada");
		const { authenticator, options, added } = await addPasskey(server, ada, "https://chat.example:8443");
		assert.deepEqual([options.rp.id, added.status], ["chat.example", 201]);
		assert.equal((await signInWith(server, authenticator)).status, 201);
		assert.equal((await addPasskey(server, ada, server.url)).added.status, 400);
	});

	test("K4 the last one stays; others are removed, and void at once", async (t) => {
		const server = await startServer(t);
		const [ada, ben] = [await server.signIn("Ada"), await server.signIn("Ben")];
		const first = await addPasskey(server, ada);
		const second = await addPasskey(server, ada);
		assert.deepEqual(
			second.options.excludeCredentials.map(({ id }: { id: string }) => id),
			[first.authenticator.id],
		);
		assert.equal(second.passkey.recoveryCodes, undefined);
		const remove = (id: string, session: SessionData) =>
			call(server, "DELETE", `/api/passkeys/${id}`, undefined, session);
		assert.equal((await remove(first.authenticator.id, ben)).status, 404);
		assert.equal((await remove(first.authenticator.id, ada)).status, 204);
		assert.equal((await signInWith(server, first.authenticator)).status, 404);
		const last = await remove(second.authenticator.id, ada);
		assert.deepEqual([last.status, last.body.error.code], [403, "forbidden"]);
		for (let added = 1; added < MAX_PASSKEYS; added++) await addPasskey(server, ada);
		assert.equal((await post(server, "/api/passkeys/options", {}, ada)).status, 403);
	});

	test("K5 a recovery code signs in once, however it is typed; new ones void the others", async (t) => {
		const server = await startServer(t);
		const ada = await server.signIn("Ada");
		const [first, second] = (await addPasskey(server, ada)).passkey.recoveryCodes as [string, string];
		const use = (code: string) => post(server, "/api/session/code", { code });
		const recovered = await use(` ${first.toUpperCase().replaceAll("-", " ").replaceAll("0", "O")} `);
		assert.equal(recovered.status, 201);
		assert.deepEqual(recovered.body.user, { ...ada.user, role: "member" });
		const wrong = await use("0000-0000-0000-0000");
		assert.deepEqual([(await use(first)).body, (await use("x")).body], [wrong.body, wrong.body]);
		assert.equal(wrong.body.error.code, "not_found");
		const renewed = await post(server, "/api/passkeys/recovery-codes", {}, as(recovered));
		assert.equal(renewed.body.recoveryCodes.length, RECOVERY_CODES);
		assert.equal((await use(second)).status, 404);
		assert.equal((await use(renewed.body.recoveryCodes[0])).status, 201);
		const ben = await server.signIn("Ben");
		assert.equal((await post(server, "/api/passkeys/recovery-codes", {}, ben)).status, 404);
	});

	test("K2 the name of a person with a passkey is refused to others, at the sign-in and in every room", async (t) => {
		const server = await startServer(t);
		const [ada, guest] = [await server.client("Ada"), await server.client("\u0410da")];
		await guest.join("kitchen");
		await addPasskey(server, ada.session);
		await guest.until(() => guest.socket.disconnected, "the disconnect of the guest of the same name");
		for (const name of ["Ada", "ADA", "\u0410da"]) {
			const refused = await post(server, "/api/session", { name });
			assert.deepEqual(
				[refused.status, refused.body.error.code, refused.body.error.field],
				[409, "name_taken", "name"],
			);
		}
		const again = await server.connect(guest.session);
		await assert.rejects(again.join("kitchen"), /name_taken/);
		await ada.join("kitchen");
		const rival = await server.signIn("Cem");
		const another = { ...rival, ...(await post(server, "/api/session", { name: "Adam" })).body };
		assert.equal((await addPasskey(server, another)).added.status, 201);
		const taken = await addPasskey(server, guest.session);
		assert.deepEqual([taken.added.status, taken.added.body.error.code], [409, "name_taken"]);
	});

	test("K2 where the chat is not open, a stranger learns no name", async (t) => {
		const server = await startServer(t);
		await addPasskey(server, await server.signIn("Ada"));
		await server.chat.roles.setAccess("admin", "members");
		assert.equal((await post(server, "/api/session", { name: "Ada" })).status, 201);
	});

	test("O4 K1 with a passkey a person comes in where only members may; a removed one does not", async (t) => {
		const server = await startServer(t);
		const ada = await server.signIn("Ada");
		const { authenticator } = await addPasskey(server, ada);
		await server.chat.roles.setAccess("admin", "members");
		await server.connect(as(await signInWith(server, authenticator)));
		await server.chat.roles.remove("admin", ada.user.id);
		const stranger = await signInWith(server, authenticator);
		assert.deepEqual([stranger.status, stranger.body.user], [201, ada.user]);
		assert.equal((await call(server, "GET", "/api/session", undefined, as(stranger))).status, 401);
		assert.equal((await post(server, "/api/passkeys/options", {}, as(stranger))).status, 401);
	});

	test("A2 a banned person does not sign in with a passkey or a code", async (t) => {
		const server = await startServer(t);
		const ada = await server.signIn("Ada");
		const { authenticator, passkey } = await addPasskey(server, ada);
		await server.chat.moderation.ban({ user: ada.user.id }, {});
		const refused = await signInWith(server, authenticator);
		const code = await post(server, "/api/session/code", { code: passkey.recoveryCodes![0] });
		for (const { status, body } of [refused, code]) assert.deepEqual([status, body.error.code], [403, "forbidden"]);
	});

	test("K3 K5 attempts are limited per address, options per user", async (t) => {
		const server = await startServer(t, { env: { LIMIT_SESSIONS_PER_S: "0.001", LIMIT_SESSIONS_BURST: "3" } });
		const statuses = async (path: string, session?: SessionData) => {
			const tried = [];
			for (let attempt = 0; attempt < 4; attempt++)
				tried.push((await post(server, path, { code: "x" }, session)).status);
			return tried;
		};
		assert.deepEqual(await statuses("/api/session/code"), [404, 404, 404, 429]);
		assert.equal((await post(server, "/api/session/passkey", {})).status, 429);
		assert.deepEqual(await statuses("/api/session/passkey/options"), [200, 200, 200, 429]);
		const ada = await server.signIn("Ada");
		assert.deepEqual(await statuses("/api/passkeys/options", ada), [200, 200, 200, 429]);
		assert.equal((await post(server, "/api/session/link", {}, ada)).status, 429);
	});
});

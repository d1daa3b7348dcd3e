import type { Random } from "../../kit/random.ts";
import { RawConnection } from "../../kit/raw-connection.ts";
import { attackersAddress } from "../tools/addresses.ts";
import { type HttpCall, HttpCaller } from "../tools/http-caller.ts";
import type { Attack } from "./attack.ts";
import type { AttackRun } from "./attack-run.ts";

const AT_ONCE = 32;
const CLOSED_WITHIN_MS = 500;

/** Sends requests from one address as fast as possible. No answer may have a status of 500 or more. */
async function flood(attack: AttackRun, callOf: (turn: number) => HttpCall): Promise<void> {
	const caller = new HttpCaller(attack.url, attackersAddress(0), AT_ONCE);
	await attack.repeat(AT_ONCE, async (turn) => {
		const call = callOf(turn);
		const { status } = await caller.call(call);
		attack.countStatus(status);
		if (status >= 500) attack.problem(`${call.method ?? "GET"} ${call.path.slice(0, 80)} was answered ${status}.`);
	});
	caller.close();
}

export const signInFlood: Attack = {
	id: "sign-ins",
	title: "sign-ins from one address as fast as possible",
	expected: "10 at once and one in five seconds accepted, the rest refused",
	unit: "requests",
	growthMiB: 224,
	maxAccepted: (seconds) => 11 + seconds / 5,
	async run(attack) {
		const post = { path: "/api/session", method: "POST", headers: { "content-type": "application/json" } };
		await flood(attack, (turn) => ({ ...post, body: JSON.stringify({ name: `sybil ${turn}` }) }));
	},
};

export const invitationGuesses: Attack = {
	id: "invitations",
	title: "guesses of an invitation's code from one address as fast as possible",
	expected: "10 at once and one in five seconds are looked up, the rest refused; none is accepted",
	unit: "requests",
	growthMiB: 224,
	maxAccepted: () => 0,
	hasToCount: "refused",
	async run(attack) {
		const headers = { "content-type": "application/json" };
		const post = { path: "/api/invitations/redeem", method: "POST", headers };
		const guess = (turn: number) => `guess${String(turn).padStart(17, "0")}`;
		await flood(attack, (turn) => ({ ...post, body: JSON.stringify({ code: guess(turn), name: "sybil" }) }));
	},
};

export const passkeyFlood: Attack = {
	id: "passkeys",
	title: "options for passkeys, made-up credentials and guessed recovery codes from one address as fast as possible",
	expected: "10 options at once and one in five seconds, the rest refused; no credential or code is accepted",
	unit: "requests",
	growthMiB: 224,
	maxAccepted: (seconds) => 11 + seconds / 5,
	hasToCount: "refused",
	async run(attack) {
		const post = { method: "POST", headers: { "content-type": "application/json" } };
		const made = { clientDataJSON: "e30", authenticatorData: "AAAA", signature: "AAAA" };
		const credential = { id: "made-up", rawId: "made-up", type: "public-key", response: made };
		await flood(attack, (turn) => {
			if (turn % 3 === 0) return { ...post, path: "/api/session/passkey/options", body: "{}" };
			if (turn % 3 === 1) return { ...post, path: "/api/session/passkey", body: JSON.stringify({ credential }) };
			const code = String(turn).padStart(16, "0");
			return { ...post, path: "/api/session/code", body: JSON.stringify({ code }) };
		});
	},
};

export const requestFlood: Attack = {
	id: "requests",
	title: "requests for the page, the rooms and the health from one address, as fast as possible",
	expected: "served, beside the bystanders",
	unit: "requests",
	growthMiB: 128,
	async run(attack) {
		const [attacker] = await attack.signIn(1);
		// Not /metrics: a reading resets the event loop's lag, which is measured.
		const paths = ["/", "/api/rooms", "/api/session", "/readyz", "/r/lobby", "/nothing/here"];
		const headers = { authorization: `Bearer ${attacker!.session.token}` };
		await flood(attack, (turn) => ({ path: paths[turn % paths.length]!, headers }));
	},
};

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];
const PATHS = [
	"/api/session",
	"/api/rooms",
	"/api/rooms/%00",
	"/api/rooms/%E0%A4%A",
	"/api/rooms/lobby/messages/99999999999999999999",
	"/api/invitations/redeem",
	"/api/passkeys",
	"/api/session/passkey",
	"/api/session/code",
	"/api/claim",
	"/api/people/%00",
	"/api/notice",
	"/r/..%2f..%2fetc%2fpasswd",
	"/../../etc/passwd",
	"/assets/../index.html",
	"//",
	"/?%",
	"/socket.io/",
	`/${"a".repeat(8_000)}`,
];
const TYPES = ["application/json", "application/json; charset=utf-16", "text/plain", "multipart/form-data", "", "{}"];

function oddRequest(random: Random): HttpCall {
	const bodies = [
		"",
		"{",
		"null",
		'{"name":7}',
		'{"__proto__":{"name":"x"}}',
		"[".repeat(30_000),
		`{"name":"${"x".repeat(70_000)}"}`,
		Buffer.from(Array.from({ length: 200 }, () => random.between(0, 255))),
	];
	const method = random.pick(METHODS);
	return {
		method,
		path: random.pick(PATHS),
		headers: {
			"content-type": random.pick(TYPES),
			cookie: random.pick(["session=", "session=%", `session=${"a".repeat(4_000)}`, "__proto__=1; session=a.b.c"]),
			authorization: random.pick(["Bearer", "Bearer x", "Basic Og==", `Bearer ${"=".repeat(1_000)}`]),
			"x-forwarded-for": random.pick(["127.0.0.1", "::1, 10.0.0.1", "'", "x".repeat(500)]),
			origin: random.pick(["null", "https://elsewhere.example", "http://[", ""]),
		},
		...(method !== "GET" && method !== "HEAD" && { body: random.pick(bodies) }),
	};
}

export const oddRequests: Attack = {
	id: "http-fuzz",
	title: "every route with methods, paths, headers and bodies that make no sense",
	expected: "answered, and never with 5xx",
	unit: "requests",
	growthMiB: 224,
	run: (attack) => flood(attack, () => oddRequest(attack.random)),
};

const HEADS: ((random: Random) => string)[] = [
	() => "GET / HTTP/9.9\r\n\r\n",
	() => "GET\r\n\r\n",
	() => `GET / HTTP/1.1\r\nHost: localhost\r\n${"X: y\r\n".repeat(5_000)}\r\n`,
	() => `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"y".repeat(100_000)}\r\n\r\n`,
	() =>
		"POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	() => "POST /api/session HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFF\r\n",
	() => "POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
	() => "GET / HTTP/1.1\r\n\r\n",
	() => "GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n",
	() => "GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
	() =>
		"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
	() => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
	() => "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
	(random) => String.fromCharCode(...Array.from({ length: 500 }, () => random.between(0, 255))),
];

export const rawRequests: Attack = {
	id: "raw-http",
	title: "bytes that are not HTTP, or nearly: malformed heads, smuggled bodies, upgrades to nowhere",
	expected: "answered 4xx, or disconnected",
	unit: "connections",
	growthMiB: 96,
	async run(attack) {
		const { url, random, counts } = attack;
		await attack.repeat(16, async (turn) => {
			const connection = new RawConnection(url, attackersAddress(turn % 5));
			connection.socket.resume();
			connection.write(Buffer.from(HEADS[turn % HEADS.length]!(random), "latin1"));
			counts.tried++;
			if (await connection.closes(CLOSED_WITHIN_MS)) counts.disconnected++;
			connection.destroy();
		});
	},
};

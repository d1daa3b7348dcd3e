import { signIn } from "../../chaos/people/sign-in.ts";
import type { Random } from "../../chaos/schedule/random.ts";
import { attackersAddress } from "../tools/addresses.ts";
import { type Call, HttpCaller } from "../tools/http-caller.ts";
import { RawLine } from "../tools/raw-line.ts";
import type { Account, Attack, Field } from "./attack.ts";
import { emptyAccount } from "./attackers.ts";
import { againAndAgain } from "./rhythm.ts";

const AT_ONCE = 32;
const JSON_TYPE = { "content-type": "application/json" };
const ANSWER_WITHIN_MS = 500;

async function flood(field: Field, callOf: (turn: number) => Call): Promise<Account> {
	const account = emptyAccount("requests");
	const caller = new HttpCaller(field.url, attackersAddress(0), AT_ONCE);
	const complaints = new Set<string>();
	await againAndAgain(field, AT_ONCE, async (turn) => {
		const call = callOf(turn);
		const { status } = await caller.call(call);
		account.tried++;
		if (status === 0) account.cut++;
		else if (status < 400) account.through++;
		else account.refused++;
		if (status >= 500) complaints.add(`${call.method ?? "GET"} ${call.path.slice(0, 80)} was answered ${status}.`);
	});
	caller.close();
	return { ...account, complaints: [...complaints] };
}

export const signInFlood: Attack = {
	id: "sign-ins",
	title: "sign-ins from one address as fast as they go",
	expected: "10 at once and one in five seconds let through, the rest refused",
	growthMiB: 224,
	run: (field) =>
		flood(field, (turn) => {
			return {
				path: "/api/session",
				method: "POST",
				headers: JSON_TYPE,
				body: JSON.stringify({ name: `sybil ${turn}` }),
			};
		}),
	judge: ({ through }, seconds) => (through > 11 + seconds / 5 ? [`${through} sign-ins got through.`] : []),
};

export const requestFlood: Attack = {
	id: "requests",
	title: "requests for the page, the rooms and the health from one address, as fast as they go",
	expected: "served, beside the bystanders",
	growthMiB: 128,
	async run(field) {
		const { token } = await signIn(field.url, "attacker", attackersAddress(0));
		// Not the metrics: the event loop's lag starts over at each reading, and it is what the judge wants to know.
		const paths = ["/", "/api/rooms", "/api/session", "/readyz", "/r/lobby", "/nothing/here"];
		const headers = { authorization: `Bearer ${token}` };
		return await flood(field, (turn) => ({ path: paths[turn % paths.length]!, headers }));
	},
};

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];
const PATHS = [
	"/api/session",
	"/api/rooms",
	"/api/rooms/%00",
	"/api/rooms/%E0%A4%A",
	"/api/rooms/lobby/messages/99999999999999999999",
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

function odd(random: Random): Call {
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
	growthMiB: 224,
	run: (field) => flood(field, () => odd(field.random)),
};

const HEADS: ((random: Random) => string)[] = [
	() => "GET / HTTP/9.9\r\n\r\n",
	() => "GET\r\n\r\n",
	() => `GET / HTTP/1.1\r\nHost: a\r\n${"X: y\r\n".repeat(5_000)}\r\n`,
	() => `GET / HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(100_000)}\r\n\r\n`,
	() => "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	() => "POST /api/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFF\r\n",
	() => "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
	() => "GET / HTTP/1.1\r\n\r\n",
	() => "GET http://[ HTTP/1.1\r\nHost: a\r\n\r\n",
	() => "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
	() => "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
	() => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
	() => "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
	(random) => String.fromCharCode(...Array.from({ length: 500 }, () => random.between(0, 255))),
];

export const rawRequests: Attack = {
	id: "raw-http",
	title: "bytes that are no HTTP, or nearly: broken heads, smuggled bodies, upgrades to nowhere",
	expected: "answered 4xx, or the line is cut",
	growthMiB: 96,
	async run(field) {
		const account = emptyAccount("lines");
		await againAndAgain(field, 16, async (turn) => {
			const line = new RawLine(field.url, attackersAddress(turn % 5));
			line.socket.resume();
			line.write(Buffer.from(HEADS[turn % HEADS.length]!(field.random), "latin1"));
			account.tried++;
			if (await line.closes(ANSWER_WITHIN_MS)) account.cut++;
			line.destroy();
		});
		return account;
	},
};

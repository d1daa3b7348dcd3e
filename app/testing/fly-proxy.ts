/**
 * A stand-in for Fly.io's proxy: it sends each request to the next machine, and obeys the header fly-replay as
 * https://fly.io/docs/networking/dynamic-request-routing/ says: instance, timeout and fallback=prefer_self, the request
 * headers fly-replay-src, fly-replay-failed and fly-force-instance-id, bodies up to 1 MB, WebSockets too.
 */
import { once } from "node:events";
import { request as ask, createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import type { TestContext } from "node:test";

const MAX_REPLAYED_BYTES = 1_000_000;

type Machine = { id: string; url: string };
type Asked = { method: string; path: string; headers: IncomingHttpHeaders; body: Buffer };

export type FlyProxy = {
	url: string;
	/** What the machines asked to be replayed, as the header had it. */
	replays: string[];
};

/** @param machines those that there are at that moment; they are asked in turn */
export async function openFlyProxy(
	t: TestContext,
	machines: () => Machine[],
	{ port = 0 }: { port?: number } = {},
): Promise<FlyProxy> {
	const replays: string[] = [];
	const lines = new Set<Socket>();
	let turn = 0;

	/** Where the request is answered in the end, and what the machine there has begun to answer. */
	async function route(asked: Asked): Promise<{ answer: IncomingMessage; line?: Socket }> {
		const present = machines();
		const forced = asked.headers["fly-force-instance-id"];
		const first = present.find(({ id }) => id === forced) ?? present[turn++ % present.length];
		if (first === undefined || (forced !== undefined && first.id !== forced)) throw new Error("there is no machine");
		const said = await forward(first, asked);
		const header = said.answer.headers["fly-replay"];
		if (header === undefined) return said;
		said.answer.resume();
		replays.push(String(header));
		const fields = fieldsOf(String(header));
		const target = present.find(({ id }) => id === fields.get("instance"));
		if (asked.body.length > MAX_REPLAYED_BYTES) throw new Error("too large to be replayed");
		if (target !== undefined) {
			const source = `instance=${first.id};region=fra;t=${Date.now() * 1000}`;
			return await forward(target, { ...asked, headers: { ...asked.headers, "fly-replay-src": source } });
		}
		if (fields.get("fallback") !== "prefer_self") throw new Error(`there is no machine ${fields.get("instance")}`);
		const failed = `instance=${fields.get("instance")};replay_source=${first.id};reason=no_candidate;elapsed_ms=1`;
		const again = await forward(first, { ...asked, headers: { ...asked.headers, "fly-replay-failed": failed } });
		if (again.answer.headers["fly-replay"] !== undefined) throw new Error("a fallback must not be replayed");
		return again;
	}

	const server = createServer(async (request, response) => {
		try {
			const { answer } = await route(await askedBy(request));
			response.writeHead(answer.statusCode!, answer.headers);
			answer.pipe(response);
			response.on("close", () => answer.destroy());
		} catch {
			response.writeHead(502).end();
		}
	});
	server.on("upgrade", async (request, near: Socket) => {
		near.on("error", () => {});
		lines.add(near.on("close", () => lines.delete(near)));
		try {
			const { answer, line: far } = await route({ ...(await askedBy(request)), body: Buffer.alloc(0) });
			const heads = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
			near.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${heads.join("")}\r\n`);
			if (far === undefined) return void near.end();
			far.on("error", () => {});
			near.pipe(far).pipe(near);
			far.on("close", () => near.destroy());
			near.on("close", () => far.destroy());
		} catch {
			near.destroy();
		}
	});
	server.listen(port, "127.0.0.1");
	await once(server, "listening");
	t.after(() => {
		server.close();
		server.closeAllConnections();
		for (const line of lines) line.destroy();
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		replays,
	};
}

async function askedBy(request: IncomingMessage): Promise<Asked> {
	const body = request.headers.upgrade === undefined ? await buffer(request) : Buffer.alloc(0);
	return { method: request.method!, path: request.url!, headers: request.headers, body };
}

function forward(machine: Machine, { method, path, headers, body }: Asked) {
	return new Promise<{ answer: IncomingMessage; line?: Socket }>((resolve, reject) => {
		const asking = ask(`${machine.url}${path}`, { method, headers, agent: false });
		asking.once("error", reject);
		asking.once("response", (answer) => resolve({ answer }));
		asking.once("upgrade", (answer, line: Socket, begun) => {
			line.unshift(begun); // the other side may speak first
			resolve({ answer, line });
		});
		asking.end(body);
	});
}

/** `instance=00bb33ff;timeout=5s` as a map. */
function fieldsOf(header: string): Map<string, string> {
	return new Map(header.split(";").map((field) => field.split("=", 2) as [string, string]));
}

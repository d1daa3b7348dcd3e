/**
 * A fake of Fly.io's proxy. It sends each request to the next machine and implements the header fly-replay as documented at
 * https://fly.io/docs/networking/dynamic-request-routing/: instance, timeout and fallback=prefer_self, the request headers
 * fly-replay-src, fly-replay-failed and fly-force-instance-id, bodies up to 1 MB, and WebSockets.
 */
import { once } from "node:events";
import { request as ask, createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import type { TestContext } from "node:test";

const MAX_REPLAYED_BYTES = 1_000_000;

type Machine = { id: string; url: string };
type ProxiedRequest = { method: string; path: string; headers: IncomingHttpHeaders; body: Buffer };

export type FlyProxy = {
	url: string;
	/** The fly-replay headers of the machines. */
	replays: string[];
};

/** Opens the proxy. `machines` returns the machines that exist at that moment; requests go to them in turn. */
export async function openFlyProxy(
	t: TestContext,
	machines: () => Machine[],
	{ port = 0 }: { port?: number } = {},
): Promise<FlyProxy> {
	const replays: string[] = [];
	const sockets = new Set<Socket>();
	let turn = 0;

	/** Returns the response of the machine that serves the request in the end, and the socket of an upgrade. */
	async function route(proxied: ProxiedRequest): Promise<{ reply: IncomingMessage; socket?: Socket }> {
		const present = machines();
		const forced = proxied.headers["fly-force-instance-id"];
		const first = present.find(({ id }) => id === forced) ?? present[turn++ % present.length];
		if (first === undefined || (forced !== undefined && first.id !== forced)) throw new Error("there is no machine");
		const initial = await forward(first, proxied);
		const header = initial.reply.headers["fly-replay"];
		if (header === undefined) return initial;
		initial.reply.resume();
		replays.push(String(header));
		const fields = fieldsOf(String(header));
		const target = present.find(({ id }) => id === fields.get("instance"));
		if (proxied.body.length > MAX_REPLAYED_BYTES) throw new Error("too large to be replayed");
		if (target !== undefined) {
			const source = `instance=${first.id};region=fra;t=${Date.now() * 1000}`;
			return await forward(target, { ...proxied, headers: { ...proxied.headers, "fly-replay-src": source } });
		}
		if (fields.get("fallback") !== "prefer_self") throw new Error(`there is no machine ${fields.get("instance")}`);
		const failed = `instance=${fields.get("instance")};replay_source=${first.id};reason=no_candidate;elapsed_ms=1`;
		const again = await forward(first, { ...proxied, headers: { ...proxied.headers, "fly-replay-failed": failed } });
		if (again.reply.headers["fly-replay"] !== undefined) throw new Error("a fallback must not be replayed");
		return again;
	}

	const server = createServer(async (request, response) => {
		try {
			const { reply } = await route(await proxiedRequest(request));
			response.writeHead(reply.statusCode!, reply.headers);
			reply.pipe(response);
			response.on("close", () => reply.destroy());
		} catch {
			response.writeHead(502).end();
		}
	});
	server.on("upgrade", async (request, near: Socket) => {
		near.on("error", () => {});
		sockets.add(near.on("close", () => sockets.delete(near)));
		try {
			const { reply, socket: far } = await route({ ...(await proxiedRequest(request)), body: Buffer.alloc(0) });
			const heads = Object.entries(reply.headers).map(([name, value]) => `${name}: ${value}\r\n`);
			near.write(`HTTP/1.1 ${reply.statusCode} ${reply.statusMessage}\r\n${heads.join("")}\r\n`);
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
		for (const socket of sockets) socket.destroy();
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		replays,
	};
}

async function proxiedRequest(request: IncomingMessage): Promise<ProxiedRequest> {
	const body = request.headers.upgrade === undefined ? await buffer(request) : Buffer.alloc(0);
	return { method: request.method!, path: request.url!, headers: request.headers, body };
}

function forward(machine: Machine, { method, path, headers, body }: ProxiedRequest) {
	return new Promise<{ reply: IncomingMessage; socket?: Socket }>((resolve, reject) => {
		const outgoing = ask(`${machine.url}${path}`, { method, headers, agent: false });
		outgoing.once("error", reject);
		outgoing.once("response", (reply) => resolve({ reply }));
		outgoing.once("upgrade", (reply, socket: Socket, begun) => {
			socket.unshift(begun); // the machine may send first
			resolve({ reply, socket });
		});
		outgoing.end(body);
	});
}

/** `instance=00bb33ff;timeout=5s` as a map. */
function fieldsOf(header: string): Map<string, string> {
	return new Map(header.split(";").map((field) => field.split("=", 2) as [string, string]));
}

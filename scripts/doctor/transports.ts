import type { Transport } from "../../load/kit/client.ts";
import { connectWithReason } from "../smoke/connection.ts";
import { type Finding, fail, ok } from "./finding.ts";

const UPGRADE_TIMEOUT_MS = 15_000;
const PROXY_REMEDY =
	"A reverse proxy must forward WebSocket: HTTP/1.1 with the headers Upgrade and Connection (nginx: proxy_http_version " +
	'1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";).';

/** Checks WebSocket, polling, and the upgrade from polling to WebSocket. */
export async function checkTransports(url: string, token: string): Promise<Finding[]> {
	return [
		await checkTransport(url, token, "WebSocket", ["websocket"], PROXY_REMEDY),
		await checkTransport(
			url,
			token,
			"polling fallback",
			["polling"],
			"A reverse proxy must forward GET and POST of /socket.io/ unbuffered, and always to the same server.",
		),
		await checkUpgrade(url, token),
	];
}

async function checkTransport(
	url: string,
	token: string,
	what: string,
	transports: Transport[],
	remedy: string,
): Promise<Finding> {
	const began = performance.now();
	try {
		const socket = await connectWithReason(url, token, transports);
		socket.disconnect();
		return ok(what, `connected in ${(performance.now() - began).toFixed(0)} ms`);
	} catch (error) {
		return fail(what, (error as Error).message, remedy);
	}
}

async function checkUpgrade(url: string, token: string): Promise<Finding> {
	const what = "upgrade";
	try {
		const socket = await connectWithReason(url, token, ["polling", "websocket"]);
		try {
			await upgraded(socket.io.engine);
			return ok(what, "from polling to WebSocket");
		} finally {
			socket.disconnect();
		}
	} catch (error) {
		return fail(what, (error as Error).message, PROXY_REMEDY);
	}
}

type Engine = { transport: { name: string }; once(event: "upgrade", listener: () => void): void };

function upgraded(engine: Engine): Promise<void> {
	return new Promise((resolve, reject) => {
		if (engine.transport.name === "websocket") return resolve();
		const late = () => reject(new Error(`still polling after ${UPGRADE_TIMEOUT_MS / 1000} s`));
		const timer = setTimeout(late, UPGRADE_TIMEOUT_MS);
		engine.once("upgrade", () => {
			clearTimeout(timer);
			resolve();
		});
	});
}

import { connect, type Transport } from "../smoke/line.ts";
import { type Finding, fail, ok } from "./finding.ts";

const UPGRADE_TIMEOUT_MS = 15_000;
const PROXY_REMEDY =
	"A proxy in front must pass WebSocket on: HTTP/1.1 with the headers Upgrade and Connection (nginx: proxy_http_version " +
	'1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";).';

/** WebSocket first, the fallback to polling, and the way from one to the other. */
export async function checkTransports(url: string, token: string): Promise<Finding[]> {
	return [
		await one(url, token, "WebSocket", ["websocket"], PROXY_REMEDY),
		await one(
			url,
			token,
			"polling fallback",
			["polling"],
			"A proxy in front must pass /socket.io/ on whole: GET and POST, unbuffered, and to the same server each time.",
		),
		await upgrade(url, token),
	];
}

async function one(
	url: string,
	token: string,
	what: string,
	transports: Transport[],
	remedy: string,
): Promise<Finding> {
	const began = performance.now();
	try {
		const line = await connect(url, token, transports);
		line.disconnect();
		return ok(what, `connected in ${(performance.now() - began).toFixed(0)} ms`);
	} catch (error) {
		return fail(what, (error as Error).message, remedy);
	}
}

async function upgrade(url: string, token: string): Promise<Finding> {
	const what = "upgrade";
	try {
		const line = await connect(url, token, ["polling", "websocket"]);
		try {
			await upgraded(line.io.engine);
			return ok(what, "from polling to WebSocket");
		} finally {
			line.disconnect();
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

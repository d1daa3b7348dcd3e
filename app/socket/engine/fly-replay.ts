/**
 * A session of Engine.IO lives in one process. A client that polls sends each request anew, and of several machines the
 * proxy chooses one. On Fly.io a machine can hand a request on: it answers with the header fly-replay, and the proxy
 * sends the same request to the machine that is named there. So a session's id begins with its machine.
 * Facts: https://fly.io/docs/networking/dynamic-request-routing/
 */
import { type IncomingMessage, ServerResponse, STATUS_CODES } from "node:http";
import type { ChatServer } from "../connection.ts";

/** How long the proxy tries to reach the machine; a drain ends sooner, and a machine that is gone is told at once. */
const REPLAY_TIMEOUT = "5s";
/** What Fly.io's own example answers with; the proxy looks at the header. */
const REPLAY_STATUS = 307;

/** A machine's id as Fly.io makes them. */
const MACHINE = "[0-9a-f]{8,32}";
const MACHINE_ID = new RegExp(`^${MACHINE}$`);
/** The machine, a dot, and an id of Engine.IO, which has none. */
const SESSION_ID = new RegExp(`^(${MACHINE})\\.[\\w-]{20}$`);

/**
 * Gives sessions ids that name `machine`, and hands requests for the session of another machine on to it. What has been
 * handed on once is not handed on again: it gets the usual answer, 400 "Session ID unknown", and the client starts anew.
 * So does everything where `machine` is not an id of that kind.
 */
export function replayToSessionMachine({ engine }: ChatServer, machine: string): void {
	if (!MACHINE_ID.test(machine)) return;
	const newId = engine.generateId.bind(engine);
	engine.generateId = async (request: IncomingMessage) => `${machine}.${await newId(request)}`;
	engine.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
		const home = homeOf(request);
		if (home === undefined || home === machine || wasReplayed(request)) next();
		else replay(request, response, home);
	});
}

/**
 * The machine that a request's session id names. It is the client's word; all it can do with it is to choose among the
 * app's own machines, and each of them knows its own sessions.
 */
function homeOf({ url = "" }: IncomingMessage): string | undefined {
	const sessionId = new URLSearchParams(url.slice(url.indexOf("?"))).getAll("sid").at(-1) ?? "";
	return SESSION_ID.exec(sessionId)?.[1];
}

/** `fly-replay-failed`: the other machine could not be reached, and the request has come back. */
function wasReplayed({ headers }: IncomingMessage): boolean {
	return headers["fly-replay-src"] !== undefined || headers["fly-replay-failed"] !== undefined;
}

function replay(request: IncomingMessage, response: ServerResponse, home: string): void {
	const where = `instance=${home};timeout=${REPLAY_TIMEOUT};fallback=prefer_self`;
	if (response instanceof ServerResponse) {
		response.writeHead(REPLAY_STATUS, { "fly-replay": where }).end();
		return;
	}
	// For an upgrade Engine.IO brings something of its own that writes nothing; there is only the bare line.
	const line = request.socket;
	line.on("error", () => {});
	line.once("finish", () => line.destroy());
	line.end(
		`HTTP/1.1 ${REPLAY_STATUS} ${STATUS_CODES[REPLAY_STATUS]}\r\nfly-replay: ${where}\r\n` +
			"Content-Length: 0\r\nConnection: close\r\n\r\n",
	);
}

/**
 * Fly-replay affinity. A session of Engine.IO lives in one process, and Fly.io's proxy sends each request of a polling client
 * to any machine. A machine that responds with the header fly-replay makes the proxy send the request to the machine that the
 * header names. So the id of a session begins with its machine.
 * See https://fly.io/docs/networking/dynamic-request-routing/
 */
import { type IncomingMessage, ServerResponse, STATUS_CODES } from "node:http";
import type { ChatServer } from "../connection.ts";
import { queryOf } from "./query.ts";

/** Time for which the proxy tries to reach the machine. It covers a drain; a machine that is gone fails at once. */
const REPLAY_TIMEOUT = "5s";
/** The status of Fly.io's own example; the proxy reads only the header. */
const REPLAY_STATUS = 307;

/** A machine's id on Fly.io. */
const MACHINE = "[0-9a-f]{8,32}";
const MACHINE_ID = new RegExp(`^${MACHINE}$`);
/** The machine, a dot, and an id of Engine.IO, which has no dot. */
const SESSION_ID = new RegExp(`^(${MACHINE})\\.[\\w-]{20}$`);

/**
 * Prefixes the ids of sessions with `machine`, and replays requests for the session of another machine to it. A request that
 * was replayed once gets the stock response, 400 "Session ID unknown", and the client opens a new session. Without effect if
 * `machine` is not the id of a machine on Fly.io.
 */
export function replayToSessionMachine({ engine }: ChatServer, machine: string): void {
	if (!MACHINE_ID.test(machine)) return;
	const newId = engine.generateId.bind(engine);
	engine.generateId = async (request: IncomingMessage) => `${machine}.${await newId(request)}`;
	engine.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
		const target = machineOf(request);
		if (target === undefined || target === machine || wasReplayed(request)) next();
		else replay(request, response, target);
	});
}

/**
 * Returns the machine in a request's session id. A client can make it up, but can only choose among the machines of the app,
 * each of which knows its own sessions.
 */
function machineOf(request: IncomingMessage): string | undefined {
	const sessionId = queryOf(request).getAll("sid").at(-1) ?? "";
	return SESSION_ID.exec(sessionId)?.[1];
}

/** `fly-replay-failed`: the other machine could not be reached, and the request came back. */
function wasReplayed({ headers }: IncomingMessage): boolean {
	return headers["fly-replay-src"] !== undefined || headers["fly-replay-failed"] !== undefined;
}

function replay(request: IncomingMessage, response: ServerResponse, machine: string): void {
	const header = `instance=${machine};timeout=${REPLAY_TIMEOUT};fallback=prefer_self`;
	if (response instanceof ServerResponse) {
		response.writeHead(REPLAY_STATUS, { "fly-replay": header }).end();
		return;
	}
	// For an upgrade, Engine.IO passes an object that writes nothing: only the request's socket is left.
	const { socket } = request;
	socket.on("error", () => {});
	socket.once("finish", () => socket.destroy());
	socket.end(
		`HTTP/1.1 ${REPLAY_STATUS} ${STATUS_CODES[REPLAY_STATUS]}\r\nfly-replay: ${header}\r\n` +
			"Content-Length: 0\r\nConnection: close\r\n\r\n",
	);
}

/** The door for sockets: who may come in, and where what they say goes. */
import type { IncomingMessage } from "node:http";
import { parse as parseCookie } from "hono/utils/cookie";
import type { Refusal } from "../protocol/refusal.ts";
import { SESSION_COOKIE } from "../request-trust/session-cookie.ts";
import type { Chat } from "../room/chat.ts";
import type { Limits } from "../room/limits.ts";
import type { Session } from "../room/ports/sessions.ts";
import { RateLimiter } from "../room/rate-limiter.ts";
import { type AcknowledgeDeps, acknowledge } from "./acknowledge.ts";
import { commandsOf } from "./commands.ts";
import type { ChatServer, ChatSocket } from "./connection.ts";
import { terminateSocket } from "./engine/terminate.ts";
import type { Admission } from "./gates/admission.ts";
import type { UnauthenticatedConnections } from "./gates/unauthenticated.ts";

/** What is read off a handshake request; how far its headers are believed is the operator's choice. */
export type Edge = {
	addressOf: (request: IncomingMessage) => string;
	hasLoadToken: (request: IncomingMessage) => boolean;
};

type GatewayDeps = Omit<AcknowledgeDeps, "commands"> & {
	io: ChatServer;
	chat: Chat;
	admission: Admission;
	doorstep: UnauthenticatedConnections;
	edge: Edge;
	limits: Pick<Limits, "packets">;
	/** Told of a connection that was cut because it sent too much. */
	onFlood: () => void;
};

export function openGateway({
	io,
	chat,
	admission,
	doorstep,
	edge,
	limits,
	onFlood,
	...acknowledging
}: GatewayDeps): void {
	const deps: AcknowledgeDeps = { ...acknowledging, commands: commandsOf(chat) };
	const packets = new RateLimiter(limits.packets, deps.clock);
	/** Socket.IO opens a socket for each CONNECT that comes in one read, however many, before any of them is counted. */
	const linesWithSocket = new WeakSet<object>();

	io.engine.on("connection", (line: ChatSocket["conn"]) => doorstep.enter(line, edge.addressOf(line.request)));

	io.use((socket, next) => {
		if (linesWithSocket.has(socket.conn)) {
			socket.conn.close(true);
			return;
		}
		const address = edge.addressOf(socket.request);
		const admitted = admission.admit({
			auth: socket.handshake.auth,
			cookie: parseCookie(socket.request.headers.cookie ?? "", SESSION_COOKIE)[SESSION_COOKIE],
			address,
			hasLoadToken: edge.hasLoadToken(socket.request),
		});
		if (!admitted.ok) {
			deps.metrics.refused(admitted.error.code);
			next(connectError(admitted.error));
			return;
		}
		const { expiresAt } = admitted.data;
		socket.data = { connection: connectionOf(socket, admitted.data), address, expiresAt };
		linesWithSocket.add(socket.conn);
		next();
	});

	io.on("connection", (socket) => {
		const { connection, address } = socket.data;
		// An admin may have said so since the handshake was looked at.
		if (chat.bans.refusal({ userId: connection.user.id, address })) {
			socket.disconnect(true);
			return;
		}
		const exit = admission.enter(connection.user.id, address);
		doorstep.leave(socket.conn);
		chat.members.connect(connection);
		chat.lastSeen.record(connection.user, address);
		let isCut = false;
		socket.onAny((event: unknown, ...args: unknown[]) => {
			if (isCut) return; // the rest of what was read with the packet that was one too many
			isCut = packets.take(connection.id) > 0;
			if (!isCut) return acknowledge(deps, connection, event, args);
			onFlood();
			terminateSocket(socket);
		});
		socket.on("disconnect", (reason) => {
			exit();
			chat.lastSeen.record(connection.user, address);
			// A line whose only socket is gone would stay open, and nobody would count it.
			socket.conn.close();
			// A tab that is closed or a line that drops looks alike from here: only an explicit goodbye is clean (rule P2).
			chat.members.disconnect(connection, reason.endsWith("namespace disconnect"));
		});
	});
}

function connectionOf(socket: ChatSocket, session: Session) {
	return { id: socket.id, user: session.user, sessionId: session.id, pendingReads: 0 };
}

/** Socket.IO sends an error's `message` and `data` to the client that is refused. */
function connectError(refusal: Refusal): Error & { data: Refusal } {
	return Object.assign(new Error(refusal.message), { data: refusal });
}

/** The door for sockets: who may come in, and where what they say goes. */
import type { IncomingMessage } from "node:http";
import { parse as parseCookie } from "hono/utils/cookie";
import type { Refusal } from "../protocol.ts";
import type { Chat } from "../room/chat.ts";
import type { Session } from "../room/ports.ts";
import { type AcknowledgeDeps, acknowledge } from "./acknowledge.ts";
import type { Admission } from "./admission.ts";
import type { ChatServer, ChatSocket } from "./connection.ts";
import { verbsOf } from "./verbs.ts";

/** What is read off a handshake request; how far its headers are believed is the operator's choice. */
export type Edge = {
	addressOf: (request: IncomingMessage) => string;
	hasLoadToken: (request: IncomingMessage) => boolean;
};

export type GatewayDeps = Omit<AcknowledgeDeps, "verbs"> & {
	io: ChatServer;
	chat: Chat;
	admission: Admission;
	edge: Edge;
};

export function openGateway({ io, chat, admission, edge, ...acknowledging }: GatewayDeps): void {
	const deps: AcknowledgeDeps = { ...acknowledging, verbs: verbsOf(chat) };

	io.use((socket, next) => {
		const address = edge.addressOf(socket.request);
		const admitted = admission.admit({
			auth: socket.handshake.auth,
			cookie: parseCookie(socket.request.headers.cookie ?? "", "session").session,
			address,
			hasLoadToken: edge.hasLoadToken(socket.request),
		});
		if (!admitted.ok) {
			deps.metrics.refused(admitted.error.code);
			next(connectError(admitted.error));
			return;
		}
		socket.data = { connection: connectionOf(socket, admitted.data), address };
		next();
	});

	io.on("connection", (socket) => {
		const { connection, address } = socket.data;
		const exit = admission.enter(connection.user.id, address);
		chat.members.connect(connection);
		socket.onAny((event: unknown, ...args: unknown[]) => acknowledge(deps, connection, event, args));
		socket.on("disconnect", (reason) => {
			exit();
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

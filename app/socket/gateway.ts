/** The life of a client's connection: it opens, signs in, sends events and closes. */
import type { IncomingMessage } from "node:http";
import type { RequestTrust } from "../request-trust/request-trust.ts";
import type { Chat } from "../room/chat.ts";
import { DISCONNECTS } from "../room/ports/disconnect.ts";
import { type AcknowledgeDeps, acknowledge } from "./acknowledge.ts";
import { commandsOf } from "./commands/commands.ts";
import type { ChatServer } from "./connection.ts";
import type { Disconnector } from "./disconnect.ts";
import type { EngineConnection } from "./engine/connection.ts";
import type { Admission } from "./gates/admission.ts";
import type { PacketFloodGuard } from "./gates/packet-flood.ts";
import type { UnauthenticatedConnections } from "./gates/unauthenticated.ts";
import { handshake } from "./handshake.ts";

type GatewayDeps = Omit<AcknowledgeDeps, "commands"> & {
	io: ChatServer;
	chat: Chat;
	trust: RequestTrust;
	disconnector: Disconnector;
	unauthenticated: UnauthenticatedConnections;
	admission: Admission;
	packetFlood: PacketFloodGuard;
};

export function openGateway(deps: GatewayDeps): void {
	const { io, chat, trust, disconnector, unauthenticated, admission, packetFlood, clock } = deps;
	const acknowledging: AcknowledgeDeps = { ...deps, commands: commandsOf(chat) };

	io.engine.on("connection", (opened: EngineConnection) =>
		unauthenticated.add(opened, trust.addressOf(opened.request)),
	);
	io.engine.on("connection_error", ({ req }: { req: IncomingMessage }) => unauthenticated.release(req));
	io.use(handshake(deps));
	io.on("connection", (socket) => {
		const { connection, address } = socket.data;
		// The user may have been renamed since the handshake, or be gone.
		const user = chat.changedUsers.current(connection.user);
		if (!user) {
			disconnector.socket(socket, DISCONNECTS.sessionEnded);
			return;
		}
		connection.user = user;
		// An admin may have banned the user.
		if (chat.bans.refusal({ userId: connection.user.id, address })) {
			disconnector.socket(socket, DISCONNECTS.banned);
			return;
		}
		// An owner may have closed the chat since, or removed the user.
		if (!connection.hasLoadToken && chat.people.entryRefusal(connection.user.id)) {
			disconnector.socket(socket, DISCONNECTS.accessEnded);
			return;
		}
		const release = admission.enter(connection.user.id, address, connection.hasLoadToken);
		if (!release) {
			disconnector.socket(socket, DISCONNECTS.tooManyConnections);
			return;
		}
		unauthenticated.remove(socket.conn);
		chat.members.connect(connection);
		chat.lastSeen.record(connection.user, address);
		// The page may have an older name, that of its token.
		const name = chat.changedUsers.nameOf(connection.user.id);
		if (name !== undefined) socket.emit("user:renamed", { name });

		socket.onAny((event: unknown, ...args: unknown[]) => {
			if (!packetFlood.admits(socket.conn)) return;
			const startedAt = clock.monotonic();
			acknowledge(acknowledging, connection, event, args);
			packetFlood.tookMs(socket.conn, clock.monotonic() - startedAt);
		});
		socket.on("disconnect", (reason) => {
			release();
			chat.lastSeen.record(connection.user, address);
			// Without its only socket the connection would stay open and escape the limits.
			socket.conn.close();
			// A closed tab and a lost network look the same: only a disconnect packet is a clean end (rule P2).
			chat.members.disconnect(connection, reason.endsWith("namespace disconnect"));
		});
	});
}

/** Every reason for which the server ends a connection, in one place: the client's next step, and the label of the metric. */

export type Disconnect = {
	/** The label of `hubbub_disconnects_total`. */
	readonly reason: string;
	/**
	 * - `resume`: the transport closes after what is queued on it; the client reconnects by itself and resumes.
	 * - `resume at once`: the transport ends immediately, because the client does not read or must receive nothing more; the
	 *   client reconnects by itself and resumes.
	 * - `never`: the socket is disconnected; a Socket.IO client does not reconnect by itself.
	 */
	readonly reconnect: "resume" | "resume at once" | "never";
};

export const DISCONNECTS = {
	/** More than `LIMIT_UNSENT_BYTES` wait for the client to read them. */
	slowConsumer: { reason: "slow_reader", reconnect: "resume at once" },
	/** More packets or pings than `LIMIT_PACKETS_PER_S` allows. */
	flood: { reason: "flood", reconnect: "resume at once" },
	/** The room was removed, or its log started over. */
	roomRemoved: { reason: "room_removed", reconnect: "resume" },
	/** An admin removed the user from a room; the client returns to its other rooms. */
	kicked: { reason: "kicked", reconnect: "resume at once" },
	banned: { reason: "banned", reconnect: "never" },
	/** The user may no longer come in: the access was closed, or the user was removed. */
	accessEnded: { reason: "access_ended", reconnect: "never" },
	/** The name of the user became another person's own; the client rejoins and is asked for another one. */
	nameTaken: { reason: "name_taken", reconnect: "resume at once" },
	/** The user signed out, here or on another process. */
	sessionEnded: { reason: "session_ended", reconnect: "never" },
	sessionExpired: { reason: "session_expired", reconnect: "never" },
	/** More attempts to authenticate on one connection than the server accepts. */
	handshakeFlood: { reason: "handshake_flood", reconnect: "resume at once" },
	/** Several connections were admitted at once, and this one is above the limit. The client's next attempt is refused. */
	tooManyConnections: { reason: "too_many_connections", reconnect: "resume at once" },
	/** The client opened a second socket on the connection. */
	secondSocket: { reason: "second_socket", reconnect: "resume at once" },
	/** The process is shutting down. */
	draining: { reason: "draining", reconnect: "resume" },
	/** The clock jumped, as after a suspend, so that connections may be dead without having closed. */
	clockJump: { reason: "clock_jump", reconnect: "resume at once" },
} as const satisfies Record<string, Disconnect>;

/** The connections that a disconnect is for. */
export type DisconnectTarget =
	| { connection: string }
	| { room: string }
	| { session: string }
	| { user: string }
	| { address: string };

import type { Refusal } from "../protocol/refusal.ts";
import type { RequestTrust } from "../request-trust/request-trust.ts";
import { sessionTokens } from "../request-trust/session-cookie.ts";
import { DISCONNECTS } from "../room/ports/disconnect.ts";
import type { Metrics } from "../room/ports/metrics.ts";
import type { ChatSocket } from "./connection.ts";
import type { Disconnector } from "./disconnect.ts";
import type { Admission } from "./gates/admission.ts";

type HandshakeDeps = {
	admission: Pick<Admission, "admit">;
	trust: Pick<RequestTrust, "addressOf" | "hasLoadToken">;
	disconnector: Pick<Disconnector, "connection">;
	metrics: Pick<Metrics, "refused">;
};

/** Returns the middleware of Socket.IO that signs a socket in, or refuses it. A connection has one socket. */
export function handshake({ admission, trust, disconnector, metrics }: HandshakeDeps) {
	/** Socket.IO opens a socket for every CONNECT of one read before `admission` counts any of them. */
	const connectionsWithSocket = new WeakSet<object>();

	return (socket: ChatSocket, next: (error?: Error) => void): void => {
		if (connectionsWithSocket.has(socket.conn)) {
			disconnector.connection(socket.conn, DISCONNECTS.secondSocket);
			return;
		}
		const address = trust.addressOf(socket.request);
		const hasLoadToken = trust.hasLoadToken(socket.request);
		const admitted = admission.admit({
			auth: socket.handshake.auth,
			cookieTokens: sessionTokens(socket.request.headers.cookie),
			address,
			hasLoadToken,
		});
		if (!admitted.ok) {
			metrics.refused(admitted.error.code);
			next(connectError(admitted.error));
			return;
		}
		const { id: sessionId, user, expiresAt } = admitted.data;
		const connection = { id: socket.id, user, sessionId, pendingReads: 0, ...(hasLoadToken && { hasLoadToken }) };
		socket.data = { connection, address, expiresAt };
		connectionsWithSocket.add(socket.conn);
		next();
	};
}

/** Returns the error for `next`. Socket.IO sends its `message` and `data` to the client. */
function connectError(refusal: Refusal): Error & { data: Refusal } {
	return Object.assign(new Error(refusal.message), { data: refusal });
}

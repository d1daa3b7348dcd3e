import type { ClientSocket, ClientSocketOptions } from "./client-socket.ts";

/** Opens a socket that starts with HTTP polling. Few networks need it, so it is loaded on use. */
export function openPollingSocket(options: ClientSocketOptions): ClientSocket {
	let socket: ClientSocket | undefined;
	let isEnded = false;
	const end = (disconnect: boolean) => () => {
		isEnded = true;
		if (disconnect) socket?.disconnect();
		else socket?.terminate();
	};
	import("./polling-socket.ts").then(
		({ createPollingSocket }) => {
			if (!isEnded) socket = createPollingSocket(options);
		},
		() => {
			if (!isEnded) options.disconnected(undefined);
		},
	);
	return {
		isConnected: () => socket?.isConnected() ?? false,
		request(...args) {
			if (socket) socket.request(...args);
			else args[3]("broken");
		},
		emit: (...args) => socket?.emit(...args),
		terminate: end(false),
		disconnect: end(true),
	};
}

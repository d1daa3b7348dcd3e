/** The part of the API of Bun that `uwebsockets.server.js` uses. */
declare const Bun: {
	serve(options: {
		port: number;
		hostname: string;
		fetch(request: Request, server: BunServer): Response | undefined;
		websocket: {
			open(member: BunSocket): void;
			message(member: BunSocket, message: string | Uint8Array): void;
		};
	}): BunServer;
};

interface BunServer {
	upgrade(request: Request, options: { data: BunSocket["data"] }): boolean;
	publish(topic: string, message: string | Uint8Array): number;
}

interface BunSocket {
	data: { room: string };
	subscribe(topic: string): void;
}

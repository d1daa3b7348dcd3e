import { createRequire } from "node:module";
import type { Manager } from "socket.io-client";

type Opened = { uri: string; opts: { server?: string }; open(...args: unknown[]): unknown };

/**
 * Gives the connect steps an option `server`, which overrides the address. The engine connects all users to the script's
 * one target (artillery-engine-socketio-v3 1.2.0, index.js:326), and Socket.IO's client takes the address from nowhere
 * else.
 */
export function addServerOption(): void {
	const { resolve } = createRequire(import.meta.url);
	// The engine's own copy of the client: another copy would be another class.
	const client = createRequire(resolve("artillery-engine-socketio-v3"))("socket.io-client");
	const manager = (client.Manager as typeof Manager).prototype as unknown as Opened;
	const { open } = manager;
	manager.open = function (this: Opened, ...args: unknown[]) {
		this.uri = this.opts.server ?? this.uri;
		return open.apply(this, args);
	};
}

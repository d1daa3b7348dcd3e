/** What Artillery and its Socket.IO engine pass to a function step. Neither comes with types for it. */
export type Context = {
	vars: Record<string, unknown>;
	/** By namespace; the chat's is "". Filled by the `connect` step. */
	sockets: Record<string, import("socket.io-client").Socket>;
};

/** Shared by all scenarios of a thread. Every error of a step, ours or the engine's, is emitted here as text. */
export type Events = import("node:events").EventEmitter;

/** Ends a step. The engine ignores the promise of an async function. An error ends the user. */
export type Done = (error?: Error) => void;

/** What Artillery and its Socket.IO engine hand to a function step; neither has types for it. */
export type Context = {
	vars: Record<string, unknown>;
	/** By namespace; the chat's is "". Filled by the `connect` step. */
	sockets: Record<string, import("socket.io-client").Socket>;
};

/** Shared by all scenarios of a thread. Every error of a step, ours or the engine's, is emitted here as a text. */
export type Events = import("node:events").EventEmitter;

/** A step is callback-style: an async function would never continue. An error ends the user. */
export type Done = (error?: Error) => void;

import { fileURLToPath } from "node:url";
import { tutorial as wire } from "../wire/tutorial.ts";
import type { Contender } from "./contender.ts";

const SERVER = fileURLToPath(new URL("socket-io.server.js", import.meta.url));

export const tutorial: Contender = {
	id: "socket.io",
	title: "Socket.IO, as in its tutorial",
	wire,
	program: () => ({ command: [process.execPath, SERVER] }),
};

import { fileURLToPath } from "node:url";
import { plain } from "../wire/plain.ts";
import type { Contender } from "./contender.ts";

const SERVER = fileURLToPath(new URL("ws.server.js", import.meta.url));

export const ws: Contender = {
	id: "ws",
	title: "ws, one send per member",
	wire: plain,
	program: () => ({ command: [process.execPath, SERVER] }),
};

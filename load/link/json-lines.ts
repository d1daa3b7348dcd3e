import type { Socket } from "node:net";
import { createInterface } from "node:readline";

/** One JSON value a line, both ways, over a local socket. */
export function readJsonLines(socket: Socket, onLine: (line: unknown) => void): void {
	createInterface({ input: socket, crlfDelay: Infinity }).on("line", (line) => onLine(JSON.parse(line)));
}

export function writeJsonLine(socket: Socket, line: unknown): void {
	if (!socket.destroyed) socket.write(`${JSON.stringify(line)}\n`);
}

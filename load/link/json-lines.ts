import type { Socket } from "node:net";
import { createInterface } from "node:readline";

/** Reads one JSON value per line from a local socket. */
export function readJsonLines(socket: Socket, onValue: (value: unknown) => void): void {
	createInterface({ input: socket, crlfDelay: Infinity }).on("line", (line) => onValue(JSON.parse(line)));
}

export function writeJsonLine(socket: Socket, value: unknown): void {
	if (!socket.destroyed) socket.write(`${JSON.stringify(value)}\n`);
}

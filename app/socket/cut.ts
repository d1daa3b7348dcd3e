import type { Line } from "./direct-write.ts";

/** Ends a line at once. A polite close would wait for the other side, or behind the very bytes that are not read. */
export function cut(line: Pick<Line, "transport" | "close">): void {
	if (line.transport.socket?.terminate) line.transport.socket.terminate();
	else line.close(true);
}

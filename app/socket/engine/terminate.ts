import type { ChatSocket } from "../connection.ts";
import type { Line } from "./direct-write.ts";

/** Ends a line at once. A polite close would wait for the other side, or behind the very bytes that are not read. */
export function cut(line: Pick<Line, "transport" | "close">): void {
	if (line.transport.socket?.terminate) line.transport.socket.terminate();
	else line.close(true);
}

/** {@link cut}, for the line that a socket is on. */
export function cutLineOf({ conn }: ChatSocket): void {
	// Its type hides the transport's own socket, as direct-write.ts has it.
	cut(conn as unknown as Line);
}

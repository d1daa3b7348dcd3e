import type { ChatSocket } from "../connection.ts";
import type { Line } from "./direct-write.ts";

/** Ends a line at once. A polite close would wait for the other side, or behind the very bytes that are not read. */
export function terminate(line: Pick<Line, "transport" | "close">): void {
	if (line.transport.socket?.terminate) line.transport.socket.terminate();
	else line.close(true);
}

/** {@link terminate}, for the line that a socket is on. */
export function terminateSocket({ conn }: ChatSocket): void {
	// Its type hides the transport's own socket, as direct-write.ts has it.
	terminate(conn as unknown as Line);
}

import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { frame, OPCODE } from "./raw-frame.ts";

/** A WebSocket client over a TCP socket that can send invalid frames and stop reading. */
export class RawClient {
	readonly socket: Socket;
	/** The bytes that were received, with their frame headers. */
	received = Buffer.alloc(0);

	private constructor(socket: Socket) {
		this.socket = socket;
		socket.on("data", (chunk: Buffer) => {
			this.received = Buffer.concat([this.received, chunk]);
		});
		socket.on("error", () => {}); // tests wait for the disconnect
	}

	/** Connects, and opens a socket of Socket.IO for a session. */
	static async open(url: string, token: string): Promise<RawClient> {
		const { hostname, port } = new URL(url);
		const client = new RawClient(connect(Number(port), hostname));
		client.socket.write(
			[
				"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
				`Host: ${hostname}:${port}`,
				"Connection: Upgrade",
				"Upgrade: websocket",
				"Sec-WebSocket-Version: 13",
				`Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
				"\r\n",
			].join("\r\n"),
		);
		await client.until('0{"sid"');
		client.send(`40${JSON.stringify({ token })}`);
		await client.until('40{"sid"');
		return client;
	}

	/** Sends a text, or bytes, in one frame. */
	send(payload: string | Uint8Array): void {
		this.socket.write(frame({ payload, opcode: typeof payload === "string" ? OPCODE.text : OPCODE.binary }));
	}

	/** Waits until this text has been received. */
	async until(text: string): Promise<void> {
		for (const deadline = Date.now() + 15_000; !this.received.includes(text); ) {
			if (Date.now() > deadline) throw new Error(`"${text}" never came`);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}
}

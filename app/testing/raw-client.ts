import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

const OPCODE_TEXT = 1;
const FIN = 0x80;
const MASKED = 0x80;

/** A WebSocket client made of bytes, that says what no decent client says, or reads only when it is told to. */
export class RawClient {
	readonly socket: Socket;
	/** Everything that came, unframed. */
	received = Buffer.alloc(0);

	private constructor(socket: Socket) {
		this.socket = socket;
		socket.on("data", (chunk: Buffer) => {
			this.received = Buffer.concat([this.received, chunk]);
		});
		socket.on("error", () => {}); // being cut is what its tests wait for
	}

	/** Opens a socket of Socket.IO for a session. */
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

	/** Sends a text, of less than 64 KiB, in one frame. */
	send(text: string): void {
		const body = Buffer.from(text);
		const mask = randomBytes(4);
		const length = body.length < 126 ? [MASKED | body.length] : [MASKED | 126, body.length >> 8, body.length & 0xff];
		const masked = body.map((byte, i) => byte ^ mask[i % 4]!);
		this.socket.write(Buffer.concat([Buffer.from([FIN | OPCODE_TEXT, ...length]), mask, masked]));
	}

	/** Waits until this text has come. */
	async until(text: string): Promise<void> {
		for (const deadline = Date.now() + 15_000; !this.received.includes(text); ) {
			if (Date.now() > deadline) throw new Error(`"${text}" never came`);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}
}

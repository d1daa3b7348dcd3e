import { connect, type Socket } from "node:net";
import { connectPacket, encodeFrame, OPCODE, PACKET, upgradeRequest } from "../../load/kit/wire.ts";

const TIMEOUT_MS = 15_000;

/** A WebSocket client on a TCP socket, for frames and packets that socket.io-client does not send. */
export class RawClient {
	readonly socket: Socket;
	/** All received bytes, with the headers of their frames. */
	received = Buffer.alloc(0);

	private constructor(socket: Socket) {
		this.socket = socket;
		socket.on("data", (chunk: Buffer) => {
			this.received = Buffer.concat([this.received, chunk]);
		});
		socket.on("error", () => {}); // tests expect disconnects
	}

	/** Connects and opens a Socket.IO socket for a session. */
	static async open(url: string, token: string): Promise<RawClient> {
		const { hostname, host, port } = new URL(url);
		const client = new RawClient(connect(Number(port), hostname));
		client.socket.write(upgradeRequest(host));
		await client.until(`${PACKET.open}{"sid"`);
		client.send(connectPacket({ token }));
		await client.until(`${PACKET.connect}{"sid"`);
		return client;
	}

	/** Sends a text, or bytes, in one frame. */
	send(payload: string | Uint8Array): void {
		this.socket.write(encodeFrame({ payload, opcode: typeof payload === "string" ? OPCODE.text : OPCODE.binary }));
	}

	/** Resolves when the text was received. */
	async until(text: string): Promise<void> {
		for (const deadline = Date.now() + TIMEOUT_MS; !this.received.includes(text); ) {
			if (Date.now() > deadline) throw new Error(`timed out while waiting for "${text}"`);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}
}

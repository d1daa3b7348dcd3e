import type { Entry } from "../../app/protocol/log.ts";
import { TcpProxy } from "../kit/tcp-proxy.ts";
import { FrameReader } from "../kit/wire.ts";

const APPENDED = '42["room:appended",';
const HEAD_END = "\r\n\r\n";

/** Receives one `room:appended`. `push` sends a frame to the client: now or later, once, twice or never. */
export type OnAppended = (frame: Buffer, entries: Entry[], push: (frame: Buffer) => void, connection: object) => void;

/** Opens a proxy in front of a server that passes everything on, except each `room:appended`, which `onAppended` gets. */
export function intercept(target: string, onAppended: OnAppended): Promise<TcpProxy> {
	return TcpProxy.open([target], (client, upstream) => {
		const push = (frame: Buffer) => void client.write(frame);
		const frames = new FrameReader((_opcode, bytes, start, end, from) => {
			const frame = Buffer.from(bytes.subarray(from, end));
			const text = bytes.toString("utf8", start, end);
			if (!text.startsWith(APPENDED)) return push(frame);
			const [, { entries }] = JSON.parse(text.slice(2));
			onAppended(frame, entries, push, client);
		});
		let isWebSocket = false;
		client.pipe(upstream);
		upstream.on("data", (chunk: Buffer) => {
			if (isWebSocket) return frames.push(chunk);
			if (chunk.toString("latin1", 0, 12) !== "HTTP/1.1 101") return push(chunk);
			isWebSocket = true;
			const end = chunk.indexOf(HEAD_END) + HEAD_END.length;
			push(chunk.subarray(0, end));
			frames.push(chunk, end);
		});
		upstream.on("end", () => client.end());
	});
}

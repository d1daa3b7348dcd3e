/**
 * Socket.IO's in-memory adapter with a shorter way for what goes to a whole room: it is encoded and framed once, into one
 * buffer, which is written straight to every member that is ready for it. Everybody else (polling, upgrading, with
 * packets queued) and every other kind of packet goes the stock way.
 *
 * Besides what `direct-write.ts` relies on, found in socket.io 4.8 and socket.io-adapter 2.5: `_encode` answers the
 * encoded packets and leaves the frame of a single text in `wsPreEncodedFrame`. Where anything of it is missing, as it
 * may be on another runtime or after an update, the adapter says so once and stands aside.
 */
import type { Namespace } from "socket.io";
import { Adapter, type BroadcastOptions } from "socket.io-adapter";
import type { SlowConsumers } from "../gates/slow-consumers.ts";
import { type Line, missingInternal, streamOf } from "./direct-write.ts";

type PacketOptions = { preEncoded: true; wsPreEncodedFrame?: Buffer[] };
/** The private parts of the stock adapter and of its sockets that are used here. */
type Internals = {
	_encode(packet: unknown, options: PacketOptions): string[];
	nsp: {
		sockets: Map<string, { client: { conn: Line; writeToEngine(packets: string[], options: PacketOptions): void } }>;
	};
};

type FanOutAdapterDeps = {
	slowConsumers: SlowConsumers;
	/** Told once, with what is missing, should the adapter stand aside. */
	onStandAside: (missing: string) => void;
};

/** The class that Socket.IO's `adapter` option takes. */
export function fanOutAdapter({ slowConsumers, onStandAside }: FanOutAdapterDeps) {
	return class FanOutAdapter extends Adapter {
		readonly #internals: Internals;
		/** Whether the internals are as expected: not known before the first line over WebSocket was looked at. */
		#isDirect: boolean | undefined;

		constructor(nsp: Namespace) {
			super(nsp);
			// The types call them private, and rightly so: they are looked for before they are used.
			this.#internals = this as unknown as Internals;
		}

		override broadcast(packet: { nsp?: string }, options: BroadcastOptions): void {
			const isPlain = options.rooms.size === 1 && !options.except?.size && !options.flags?.volatile;
			if (!isPlain || this.#isDirect === false) {
				super.broadcast(packet, options);
				return;
			}
			const [room] = options.rooms;
			packet.nsp = this.nsp.name;
			const packetOptions: PacketOptions = { preEncoded: true };
			const encoded = this.#internals._encode(packet, packetOptions);
			const frame = packetOptions.wsPreEncodedFrame && Buffer.concat(packetOptions.wsPreEncodedFrame);
			for (const id of this.rooms.get(room as string) ?? []) {
				const client = this.#internals.nsp.sockets.get(id)?.client;
				if (!client) continue;
				const stream = frame && this.#looksRight(client.conn) ? streamOf(client.conn) : undefined;
				if (!frame || !stream) client.writeToEngine(encoded, packetOptions);
				else if (!slowConsumers.disconnectIfSlow(client.conn, stream.writableLength)) stream.write(frame);
			}
		}

		#looksRight(line: Line): boolean {
			if (this.#isDirect !== undefined) return this.#isDirect;
			if (line.transport.name !== "websocket") return false;
			const missing = missingInternal(line);
			this.#isDirect = missing === undefined;
			if (missing !== undefined) onStandAside(missing);
			return this.#isDirect;
		}
	};
}

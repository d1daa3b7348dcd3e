import type { Namespace } from "socket.io";
import { Adapter, type BroadcastOptions } from "socket.io-adapter";
import type { SlowConsumers } from "../gates/slow-consumers.ts";
import type { EngineConnection } from "./connection.ts";
import type { DirectWrites } from "./direct-writes.ts";
import type { InternalAdapter, PacketOptions } from "./internals.ts";

/**
 * Returns the class for Socket.IO's `adapter` option: the in-memory adapter, which encodes and frames a packet for a room
 * once, into one buffer, and writes it straight to every member that is ready for it. Members that are not (polling,
 * upgrading, with packets queued) and all other packets are written as stock Socket.IO does.
 */
export function fanOutAdapter(directWrites: DirectWrites, slowConsumers: Pick<SlowConsumers, "disconnectIfSlow">) {
	return class FanOutAdapter extends Adapter {
		readonly #internals: InternalAdapter;

		constructor(nsp: Namespace) {
			super(nsp);
			this.#internals = this as unknown as InternalAdapter;
		}

		override broadcast(packet: { nsp?: string }, options: BroadcastOptions): void {
			const isToOneRoom = options.rooms.size === 1 && !options.except?.size && !options.flags?.volatile;
			if (!isToOneRoom || !directWrites.areEnabled) {
				super.broadcast(packet, options);
				return;
			}
			const [room] = options.rooms;
			packet.nsp = this.nsp.name;
			const packetOptions: PacketOptions = { preEncoded: true };
			const encoded = this.#internals._encode(packet, packetOptions);
			// Absent for a packet with binary data.
			const frame = packetOptions.wsPreEncodedFrame && Buffer.concat(packetOptions.wsPreEncodedFrame);
			for (const id of this.rooms.get(room as string) ?? []) {
				const client = this.#internals.nsp.sockets.get(id)?.client;
				if (!client) continue;
				const stream = frame && directWrites.streamOf(client.conn);
				if (!frame || !stream) client.writeToEngine(encoded, packetOptions);
				else if (!slowConsumers.disconnectIfSlow(client.conn as unknown as EngineConnection)) stream.write(frame);
			}
		}
	};
}

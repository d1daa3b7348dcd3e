import { type ReadonlySignal, signal } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { RoomSummary } from "../../app/protocol/room.ts";
import type { Ask } from "./ask.ts";

/** The rooms there are to join. */
export type Directory = {
	/** Newest activity first; undefined until it was asked for. */
	readonly rooms: ReadonlySignal<readonly RoomSummary[] | undefined>;
	/** Asks the server anew. */
	refresh(): Promise<Refusal | undefined>;
};

export function createDirectory(ask: Ask): Directory {
	const rooms = signal<readonly RoomSummary[] | undefined>();
	return {
		rooms,
		async refresh() {
			const ack = await ask<{ rooms: RoomSummary[] }>("GET", "/api/rooms");
			if (!ack.ok) return ack.error;
			rooms.value = ack.data.rooms;
			return undefined;
		},
	};
}

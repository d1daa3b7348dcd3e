import { type ReadonlySignal, signal } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import type { RoomSummary } from "../../app/protocol/room.ts";
import type { ApiClient } from "./api-client.ts";

/** The response to `GET /api/rooms`. */
export type RoomsData = { rooms: RoomSummary[] };

/** The list of all rooms that the user may join. */
export type Directory = {
	/** The user's private ones first; undefined until the first refresh. */
	readonly rooms: ReadonlySignal<readonly RoomSummary[] | undefined>;
	/** Requests the list from the server. */
	refresh(): Promise<Refusal | undefined>;
};

export function createDirectory(api: ApiClient): Directory {
	const rooms = signal<readonly RoomSummary[] | undefined>();
	return {
		rooms,
		async refresh() {
			const ack = await api<RoomsData>("GET", "/api/rooms");
			if (!ack.ok) return ack.error;
			rooms.value = ack.data.rooms;
			return undefined;
		},
	};
}

import type { ReadonlySignal } from "@preact/signals";
import type { Refusal } from "../../app/protocol.ts";
import type { Room } from "./room.ts";

/** The rooms this person is in on this device; they survive a reload. */
export type Rooms = {
	/** In the order in which they were joined. */
	readonly joined: ReadonlySignal<readonly Room[]>;
	readonly current: ReadonlySignal<Room | undefined>;
	/** Joins and makes it the current one; a room joined already is only switched to. Needs a line: waits a while for it. */
	join(name: string): Promise<Refusal | undefined>;
	/** Leaves at once, also without a line; the neighbour becomes the current one. */
	leave(name: string): void;
	switchTo(name: string): void;
};

import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Entry } from "../../app/protocol/log.ts";
import { isPrivateName, type PrivateRoomInfo } from "../../app/protocol/private-room.ts";
import type { User } from "../../app/protocol/session.ts";

type RoomInfoOptions = {
	/** The room's. */
	name: string;
	me: User;
	/** Called when the user is no longer a member. */
	onRemoved(by: User): void;
};

/** What a room is called, and what is known of a private or direct one. It follows the room's log. */
export type RoomInfo = {
	/** As the ack of the last join said. Undefined in a room that is open to everybody, and until the first join. */
	readonly info: Signal<PrivateRoomInfo | undefined>;
	readonly title: ReadonlySignal<string>;
	receive(entries: readonly Entry[]): void;
};

export function createRoomInfo({ name, me, onRemoved }: RoomInfoOptions): RoomInfo {
	const info = signal<PrivateRoomInfo | undefined>();
	const isMe = ({ id }: User) => id === me.id;
	return {
		info,
		title: computed(() => {
			const { title, people } = info.value ?? {};
			const others = people?.flatMap((user) => (isMe(user) ? [] : user.name));
			return others?.join(", ") ?? title ?? (isPrivateName(name) ? "Private room" : name);
		}),
		receive(entries) {
			let removedBy: User | undefined;
			for (const entry of entries) {
				const { value } = info;
				if (!value) return;
				if (entry.kind === "room") info.value = { ...value, ...entry, kind: value.kind };
				if (entry.kind !== "member" || !isMe(entry.user)) continue;
				// Who was removed may have become a member again since.
				removedBy = entry.role ? undefined : entry.by;
				if (entry.role) info.value = { ...value, role: entry.role };
			}
			if (removedBy) onRemoved(removedBy);
		},
	};
}

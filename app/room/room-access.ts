import type { Entry } from "../protocol/log.ts";
import type { MemberRole, PrivateKind, PrivateRoomInfo, RoomSettings } from "../protocol/private-room.ts";
import type { User } from "../protocol/session.ts";
import type { PrivateRoomState, StoredMember } from "./ports/private-rooms.ts";

/** An entry that changes the members or the settings of a private room. */
export type AccessEntry = Entry & { kind: "member" | "room" };

/** Returns whether an entry changes the members or the settings of its room. */
export function isAccessEntry(entry: Entry): entry is AccessEntry {
	return entry.kind === "member" || entry.kind === "room";
}

/**
 * Who may be in an open private room, and what they see. It follows the room's log, so that a removal that another process
 * committed, or whose message was lost, takes effect as every entry does. Applying an entry twice changes nothing.
 */
export class RoomAccess {
	readonly kind: PrivateKind;
	#settings: RoomSettings;
	readonly #members: Map<string, StoredMember>;

	constructor({ kind, members, ...settings }: PrivateRoomState) {
		this.kind = kind;
		this.#settings = settings;
		this.#members = new Map(members.map((member) => [member.user.id, member]));
	}

	get memberCount(): number {
		return this.#members.size;
	}

	has(userId: string): boolean {
		return this.#members.has(userId);
	}

	roleOf(userId: string): MemberRole | undefined {
		return this.#members.get(userId)?.role;
	}

	/** Returns the `seq` of the entry that let a member in; 0 for one of the first. */
	joinedSeqOf(userId: string): number | undefined {
		return this.#members.get(userId)?.joinedSeq;
	}

	/** Returns the first `seq` that a member sees. */
	firstSeqOf(userId: string): number {
		return this.#settings.history ? 0 : (this.joinedSeqOf(userId) ?? Number.POSITIVE_INFINITY);
	}

	/** Returns what a member learns about the room when they join it. */
	infoFor(userId: string): PrivateRoomInfo {
		const { kind } = this;
		const people = kind === "direct" && { people: [...this.#members.values()].map(({ user }) => user) };
		return { kind, ...this.#settings, role: this.#members.get(userId)!.role, ...people };
	}

	rename(user: User): void {
		const member = this.#members.get(user.id);
		if (member) this.#members.set(user.id, { ...member, user });
	}

	apply(entry: AccessEntry): void {
		if (entry.kind === "member") this.#applyMember(entry);
		else {
			const { title = this.#settings.title, topic = this.#settings.topic, history = this.#settings.history } = entry;
			this.#settings = { ...(title && { title }), ...(topic && { topic }), history };
		}
	}

	#applyMember({ user, role, seq }: Entry & { kind: "member" }): void {
		const { id } = user;
		if (role === undefined) this.#members.delete(id);
		else this.#members.set(id, { user, role, joinedSeq: this.#members.get(id)?.joinedSeq ?? seq });
	}
}

import { type ReadonlySignal, signal } from "@preact/signals";
import { PRESENCE_LIST_MEMBERS } from "../../app/protocol/limits.ts";
import type { PresenceDiff, PresenceSnapshot } from "../../app/protocol/presence.ts";
import type { User } from "../../app/protocol/session.ts";

/** In rooms of up to this size, the timeline shows who joins and leaves. */
const SMALL_ROOM_MEMBERS = 20;
const MAX_EARLY_DIFFS = 100;
/** A list that does not match the count is requested again after a random delay in this range. */
const REFRESH_MS = { min: 3_000, max: 10_000 };

type PresenceListOptions = {
	me: string;
	/** Requests a new snapshot. */
	refresh(): void;
	/** Called when another user joins or leaves a small room. */
	onChange(user: User, change: "joined" | "left"): void;
};

/** The members of a room: a snapshot, then diffs (rule P1). */
export class PresenceList {
	readonly #options: PresenceListOptions;
	readonly #presence = signal<PresenceSnapshot | undefined>();
	/** Diffs that arrived while a snapshot was requested; the snapshot may include them or not. */
	#early: PresenceDiff[] | undefined;
	#refresh: ReturnType<typeof setTimeout> | undefined;

	constructor(options: PresenceListOptions) {
		this.#options = options;
	}

	get presence(): ReadonlySignal<PresenceSnapshot | undefined> {
		return this.#presence;
	}

	/** Call this when a snapshot is requested. Later diffs are applied to it. */
	snapshotRequested(): void {
		this.#early = [];
	}

	snapshot(snapshot: PresenceSnapshot): void {
		this.#presence.value = (this.#early ?? []).reduce(applyDiff, snapshot);
		this.#early = undefined;
		this.#refreshIfOutdated();
	}

	diff(diff: PresenceDiff): void {
		if (this.#early && this.#early.length < MAX_EARLY_DIFFS) this.#early.push(diff);
		const before = this.#presence.peek();
		if (!before) return;
		this.#presence.value = applyDiff(before, diff);
		this.#refreshIfOutdated();
		if (Math.max(before.count, diff.count) > SMALL_ROOM_MEMBERS || before.truncated) return;
		const known = new Set(before.members.map(({ id }) => id));
		for (const user of diff.leaves) if (known.has(user.id)) this.#report(user, "left");
		for (const user of diff.joins) if (!known.has(user.id)) this.#report(user, "joined");
	}

	/** Keeps the list, which is shown until the next snapshot. */
	disconnected(): void {
		clearTimeout(this.#refresh);
		this.#refresh = undefined;
		this.#early = undefined;
	}

	#report(user: User, change: "joined" | "left"): void {
		if (user.id !== this.#options.me) this.#options.onChange(user, change);
	}

	#refreshIfOutdated(): void {
		const presence = this.#presence.peek();
		if (!presence || !isOutdated(presence)) return;
		this.#refresh ??= setTimeout(
			() => {
				this.#refresh = undefined;
				const now = this.#presence.peek();
				if (now && isOutdated(now)) this.#options.refresh();
			},
			REFRESH_MS.min + Math.random() * (REFRESH_MS.max - REFRESH_MS.min),
		);
	}
}

/** Returns the snapshot after a diff. Applying a diff twice has no further effect. */
function applyDiff({ members, truncated }: PresenceSnapshot, { joins, leaves, count }: PresenceDiff): PresenceSnapshot {
	const byId = new Map(members.map((member) => [member.id, member]));
	for (const { id } of leaves) byId.delete(id);
	for (const user of joins) byId.set(user.id, user);
	const listed = [...byId.values()].slice(0, PRESENCE_LIST_MEMBERS);
	return { count, members: listed, truncated: truncated || count > PRESENCE_LIST_MEMBERS };
}

/** Whether the list cannot match the count, so that a new snapshot is needed. */
function isOutdated({ count, members, truncated }: PresenceSnapshot): boolean {
	return truncated ? count <= PRESENCE_LIST_MEMBERS : members.length !== count;
}

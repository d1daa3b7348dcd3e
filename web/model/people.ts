import { type ReadonlySignal, signal } from "@preact/signals";
import type { PresenceDiff, PresenceSnapshot } from "../../app/protocol/presence.ts";
import type { User } from "../../app/protocol/session.ts";
import { applyDiff, isOutdated, SMALL_ROOM_MEMBERS } from "./presence.ts";

const MAX_EARLY_DIFFS = 100;
/** A list that can't be right is asked for anew at a random moment from one of these to the other. */
const REFRESH_MS = { min: 3_000, max: 10_000 };

type PeopleOptions = {
	me: string;
	/** Asks for a new snapshot. */
	refresh(): void;
	/** Somebody came to a small room, or went. */
	told(user: User, change: "joined" | "left"): void;
};

/** Who is in a room: a snapshot, then diffs (rule P1). */
export class People {
	readonly #options: PeopleOptions;
	readonly #presence = signal<PresenceSnapshot | undefined>();
	/** What came while a snapshot was asked for: it may or may not be in it. */
	#early: PresenceDiff[] | undefined;
	#refresh: ReturnType<typeof setTimeout> | undefined;

	constructor(options: PeopleOptions) {
		this.#options = options;
	}

	get presence(): ReadonlySignal<PresenceSnapshot | undefined> {
		return this.#presence;
	}

	/** A snapshot is asked for. */
	snapshotAsked(): void {
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
		if (diff.count > SMALL_ROOM_MEMBERS || before.truncated) return;
		const known = new Set(before.members.map(({ id }) => id));
		for (const user of diff.leaves) if (known.has(user.id)) this.#tell(user, "left");
		for (const user of diff.joins) if (!known.has(user.id)) this.#tell(user, "joined");
	}

	/** There is no line: the list is old, but better than none. */
	lineDown(): void {
		clearTimeout(this.#refresh);
		this.#refresh = undefined;
		this.#early = undefined;
	}

	#tell(user: User, change: "joined" | "left"): void {
		if (user.id !== this.#options.me) this.#options.told(user, change);
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

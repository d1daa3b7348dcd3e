import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { FailedChange, Room } from "../../../model/room.ts";
import { announce, announceFailure } from "../../controls/Announcer.tsx";
import { ownChanges, ownMessages } from "./own-changes.ts";

const FAILURES: Record<FailedChange["kind"], string> = {
	edit: "Your edit wasn't saved.",
	removal: "The message wasn't deleted.",
	reaction: "Your reaction wasn't saved.",
	pin: "The message wasn't pinned.",
};

/** Has screen readers read what happens to the messages of the user, reactions and edits, and what the user could not do. */
export function useOwnAnnouncements(room: Room): void {
	useEffect(() => announceChanges(room), [room]);
	useEffect(() => announceFailures(room), [room]);
}

function announceChanges(room: Room): () => void {
	let before = ownMessages(room.items.peek());
	return effect(() => {
		const now = ownMessages(room.items.value);
		for (const sentence of ownChanges(before, now, room.me.id)) announce(sentence);
		before = now;
	});
}

/** A failure that was there before is not read again. */
function announceFailures(room: Room): () => void {
	let known = idsOf(room);
	return effect(() => {
		for (const { kind, clientId, refusal } of room.failedChanges.value)
			if (!known.has(clientId)) announceFailure(`${FAILURES[kind]} ${refusal?.message ?? ""}`.trim());
		known = idsOf(room);
	});
}

function idsOf({ failedChanges }: Room): ReadonlySet<string> {
	return new Set(failedChanges.peek().map(({ clientId }) => clientId));
}

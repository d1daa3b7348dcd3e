import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Room } from "../../model/room.ts";
import { announce, announceFailure } from "../controls/Announcer.tsx";
import { MessageAnnouncer } from "./message-announcer.ts";
import { failureSentence, messageSentence } from "./message-sentence.ts";

/** Has screen readers read the messages of others that arrive in the open room, and the failures of own ones. */
export function useAnnouncements(room: Room): void {
	useEffect(() => {
		const announcer = new MessageAnnouncer(announce);
		const stop = room.onArrived((messages) =>
			announcer.receive(messages.map((message) => messageSentence(message.author.name, message, message.files))),
		);
		return () => {
			stop();
			announcer.stop();
		};
	}, [room]);
	useEffect(() => announceFailures(room), [room]);
}

/** Returns a function that stops it. A failure that was there before is not read again. */
function announceFailures(room: Room): () => void {
	let known: ReadonlySet<string> | undefined;
	return effect(() => {
		const failed = room.items.value.filter((item) => item.kind === "message" && item.state === "failed");
		for (const item of failed) {
			if (item.kind !== "message" || known === undefined || known.has(item.key)) continue;
			announceFailure(failureSentence(item.content, item.refusal));
		}
		known = new Set(failed.map(({ key }) => key));
	});
}

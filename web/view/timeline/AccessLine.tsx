import { Fragment } from "preact";
import { useEffect } from "preact/hooks";
import type { AccessItem } from "../../model/item.ts";
import { announce } from "../controls/Announcer.tsx";
import { Time } from "../message/Time.tsx";
import { accessParts, accessSentence } from "./access-parts.ts";

/** More sentences are a number. */
const MAX_SENTENCES = 3;
/** What arrived before is not read when the user comes back to the room. */
const READ_WITHIN_MS = 5_000;

/** Who let whom into a private room, and what was changed of it: "Ada added Bob and Eve 14:03". */
export function AccessLine({ item, me }: { item: AccessItem; me: string }) {
	const sentences = accessParts(item.entries, me);
	const more = sentences.length - MAX_SENTENCES;

	useEffect(() => {
		const newest = item.entries.at(-1)!;
		if (newest.by.id !== me && Date.now() - item.arrivedAt < READ_WITHIN_MS) announce(accessSentence(newest, me));
	}, [item]);
	return (
		<>
			{sentences.slice(0, MAX_SENTENCES).map((parts, index) => (
				<Fragment key={index}>
					{index > 0 && " · "}
					{parts.map((part) => (typeof part === "string" ? part : <bdi>{part.name}</bdi>))}
				</Fragment>
			))}
			{more > 0 && ` · ${more} more ${more === 1 ? "change" : "changes"}`} <Time at={item.at} />
		</>
	);
}

import type { SearchHit } from "../../../app/protocol/search.ts";
import { timeFormat } from "../message/Time.tsx";
import { highlightParts } from "./highlight-parts.ts";

/** Where, when and by whom a message was sent that a search found, and its text with the parts that match. */
export function HitRow({ hit, me }: { hit: SearchHit; me: string | undefined }) {
	const { room, message, ranges } = hit;
	const { author, createdAt, body, files } = message;
	const day = timeFormat.day(createdAt, Date.now());
	return (
		<>
			<span class="hit__head">
				<bdi class="hit__author">{author.id === me ? "You" : author.name}</bdi> in <bdi>#{room}</bdi>
				<time class="hit__time" dateTime={new Date(createdAt).toISOString()} title={timeFormat.exact(createdAt)}>
					{day === "Today" ? timeFormat.short(createdAt) : day}
				</time>
			</span>
			<span class="hit__text" dir="auto">
				{body === undefined && "Location"}
				{body === "" && (files?.[0]?.name ?? "")}
				{highlightParts(body ?? "", ranges).map(({ text, isHit }, index) =>
					isHit ? <mark key={index}>{text}</mark> : text,
				)}
			</span>
		</>
	);
}

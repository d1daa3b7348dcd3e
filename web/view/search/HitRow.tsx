import type { SearchHit } from "../../../app/protocol/search.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { serverNow } from "../../model/server-clock.ts";
import { timeFormat } from "../message/Time.tsx";
import { highlightParts } from "./highlight-parts.ts";
import { roomLabel } from "./room-label.ts";

/** Where, when and by whom a message was sent that a search found, and its text with the parts that match. */
export function HitRow({ hit, chat }: { hit: SearchHit; chat: ChatModel }) {
	const { room, message, ranges } = hit;
	const { author, createdAt, body, files } = message;
	const day = timeFormat.day(createdAt, serverNow());
	return (
		<>
			<span class="hit__head">
				<bdi class="hit__author">{author.id === chat.session.user.value?.id ? "You" : author.name}</bdi> in{" "}
				<bdi>{roomLabel(chat, room)}</bdi>
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

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RoomSummary } from "../../../app/protocol/room.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { Icon } from "../controls/Icon.tsx";
import { presentSentence } from "../people/present-sentence.ts";

type Props = {
	chat: ChatModel;
	/** Shows the rooms whose names contain it. */
	filter: string;
	onChoose: (room: string) => void;
};

/** All rooms that the user has not joined, with the number of people in each. */
export function DirectoryList({ chat, filter, onChoose }: Props) {
	const problem = useSignal("");

	async function refresh(): Promise<void> {
		problem.value = (await chat.directory.refresh())?.message ?? "";
	}
	useEffect(() => void refresh(), []);

	const me = chat.session.user.value?.id;
	const joined = new Set(chat.rooms.joined.value.map((room) => room.name));
	const others = chat.directory.rooms.value?.filter(({ room }) => !joined.has(room));
	const matching = others?.filter((room) => foldedName(titleOf(room, me)).includes(foldedName(filter)));
	return (
		<section class="directory" aria-label="All rooms">
			<h2 class="directory__title">All rooms</h2>
			{problem.value !== "" && (
				<p class="directory__empty" role="alert">
					{problem.value}{" "}
					<button class="text-button" type="button" onClick={refresh}>
						Try again
					</button>
				</p>
			)}
			{others === undefined && problem.value === "" && <p class="directory__empty">Loading rooms…</p>}
			{others?.length === 0 && <p class="directory__empty">No other rooms yet. Enter a name to create one.</p>}
			{others !== undefined && others.length > 0 && matching?.length === 0 && (
				<p class="directory__empty">
					No room is called <bdi>{filter.trim()}</bdi>. Press Join to create it.
				</p>
			)}
			<ul class="directory__list">
				{matching?.map((summary) => (
					<li key={summary.room}>
						<button class="room" type="button" title={titleOf(summary, me)} onClick={() => onChoose(summary.room)}>
							<span class="room__mark">
								<Icon name={summary.kind ?? "hash"} size={18} />
							</span>
							<bdi class="room__name">{titleOf(summary, me)}</bdi>
							<span class="room__present">
								{summary.present > 0 ? presentSentence(summary.present) : !summary.kind && "empty"}
							</span>
						</button>
					</li>
				))}
			</ul>
		</section>
	);
}

/** Returns what a room is called: an open one by its name, a direct one by the other people. */
function titleOf({ room, title, people }: RoomSummary, me: string | undefined): string {
	const others = people?.filter(({ id }) => id !== me).map(({ name }) => name);
	return others?.join(", ") ?? title ?? room;
}

/** Returns the text as the server writes the names of rooms (rule R1). */
function foldedName(text: string): string {
	return text.normalize("NFKC").trim().toLowerCase();
}

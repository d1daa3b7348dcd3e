import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ChatModel } from "../../model/chat-model.ts";
import { Icon } from "../controls/Icon.tsx";
import { presentSentence } from "../people/present-sentence.ts";

/** All rooms that the user has not joined, with the number of people in each. */
export function DirectoryList({ chat, onChoose }: { chat: ChatModel; onChoose: (room: string) => void }) {
	const problem = useSignal("");

	async function refresh(): Promise<void> {
		problem.value = (await chat.directory.refresh())?.message ?? "";
	}
	useEffect(() => void refresh(), []);

	const joined = new Set(chat.rooms.joined.value.map((room) => room.name));
	const others = chat.directory.rooms.value?.filter(({ room }) => !joined.has(room));
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
			<ul class="directory__list">
				{others?.map(({ room, present }) => (
					<li key={room}>
						<button class="room" type="button" title={room} onClick={() => onChoose(room)}>
							<span class="room__mark">
								<Icon name="message" size={18} />
							</span>
							<bdi class="room__name">{room}</bdi>
							<span class="room__present">{present === 0 ? "empty" : presentSentence(present)}</span>
						</button>
					</li>
				))}
			</ul>
		</section>
	);
}

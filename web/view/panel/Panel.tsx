import type { ChatModel } from "../../model/chat-model.ts";
import type { Room } from "../../model/room.ts";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Loaded } from "../loading/Loaded.tsx";
import { panelBeside } from "../media.ts";
import { membersPanel, peoplePanel, pinsPanel, searchPanel, threadPanel } from "../parts.ts";
import { openThread } from "../thread/thread-choice.ts";
import { PANELS, type PanelName } from "./panel-choice.ts";

type Props = { name: PanelName; chat: ChatModel; room: Room; onClose: () => void };

/** One of the panels at the right, with its heading. */
export function Panel({ name, chat, room, onClose }: Props) {
	return (
		<>
			<div class="side__heading side__heading--tall">
				<h2>
					{PANELS[name]}{" "}
					{name === "people" && !room.info.value && <span class="side__number">{room.presence.value?.count}</span>}
				</h2>
				<CloseButton label={`Close ${PANELS[name].toLowerCase()}`} onClick={onClose} />
			</div>
			{name === "thread" && openThread.value?.room === room.name && (
				<Loaded part={threadPanel} pending={<p class="thread__note">Loading replies…</p>}>
					{({ ThreadPanel }) => <ThreadPanel room={room} root={openThread.value!.root} />}
				</Loaded>
			)}
			{name === "pins" && (
				<Loaded part={pinsPanel} pending={<p class="thread__note">Loading pinned messages…</p>}>
					{({ PinsPanel }) => <PinsPanel room={room} onShow={() => panelBeside.peek() || onClose()} />}
				</Loaded>
			)}
			{name === "search" && (
				<Loaded part={searchPanel}>{({ SearchPanel }) => <SearchPanel chat={chat} onShow={onClose} />}</Loaded>
			)}
			{name === "people" && room.info.value && (
				<Loaded part={membersPanel}>{({ MembersPanel }) => <MembersPanel chat={chat} room={room} />}</Loaded>
			)}
			{name === "people" && !room.info.value && (
				<Loaded part={peoplePanel}>{({ PeoplePanel }) => <PeoplePanel chat={chat} room={room} />}</Loaded>
			)}
		</>
	);
}

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { MAX_NAME_CHARS } from "../../../app/protocol/limits.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { knownPeople } from "../../model/known-people.ts";
import type { RoomMembers } from "../../model/room-members.ts";
import { announce } from "../controls/Announcer.tsx";
import { Icon } from "../controls/Icon.tsx";
import { TextField } from "../controls/TextField.tsx";
import { Avatar } from "../people/Avatar.tsx";

/** Lets people of the user's other rooms into a private room. */
export function AddMember({ chat, members }: { chat: ChatModel; members: RoomMembers }) {
	const query = useSignal("");
	const input = useRef<HTMLInputElement>(null);
	const present = new Set(members.members.value?.map(({ user }) => user.id));
	const typed = query.value.trim();
	const found = typed === "" ? [] : knownPeople(chat.rooms.joined.value, typed, present);

	async function add(id: string, name: string): Promise<void> {
		if (!(await members.add(id))) return;
		query.value = "";
		announce(`${name} was added.`);
		input.current?.focus();
	}

	return (
		<form
			class="add-member"
			onSubmit={(event) => {
				event.preventDefault();
				if (found[0]) void add(found[0].id, found[0].name);
			}}
		>
			<TextField
				label="Add people"
				name="person"
				value={query}
				hint={
					typed !== "" && found.length === 0 ? `Nobody in your rooms is called ${typed}.` : "People in your other rooms"
				}
				maxLength={MAX_NAME_CHARS}
				autoComplete="off"
				inputRef={input}
			/>
			<ul>
				{found.map((user) => (
					<li key={user.id}>
						<button class="room" type="button" aria-label={`Add ${user.name}`} onClick={() => add(user.id, user.name)}>
							<Avatar user={user} />
							<bdi class="room__name">{user.name}</bdi>
							<Icon name="plus" size={18} />
						</button>
					</li>
				))}
			</ul>
		</form>
	);
}

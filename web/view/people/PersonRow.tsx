import type { User } from "../../../app/protocol/session.ts";
import { Drawing } from "../controls/Icon.tsx";
import { Avatar } from "./Avatar.tsx";
import { MESSAGE } from "./message-person.ts";

/** A person in the room. `onMessage` opens the conversation with them; absent for the signed-in user. */
export function PersonRow({ user, onMessage }: { user: User; onMessage: (() => void) | undefined }) {
	return (
		<li class="person">
			<Avatar user={user} />
			<bdi class="person__name" title={user.name}>
				{user.name}
			</bdi>
			{onMessage === undefined ? (
				<span class="person__you">you</span>
			) : (
				<button
					class="icon-button person__more"
					type="button"
					aria-label={`Message ${user.name}`}
					title="Message"
					onClick={onMessage}
				>
					<Drawing path={MESSAGE} size={18} />
				</button>
			)}
		</li>
	);
}

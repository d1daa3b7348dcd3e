import type { User } from "../../../app/protocol/session.ts";
import { Avatar } from "./Avatar.tsx";

export function PersonRow({ user, isMe }: { user: User; isMe: boolean }) {
	return (
		<li class="person">
			<Avatar user={user} />
			<bdi class="person__name" title={user.name}>
				{user.name}
			</bdi>
			{isMe && <span class="person__you">you</span>}
		</li>
	);
}

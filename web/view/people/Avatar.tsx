import type { User } from "../../../app/protocol/session.ts";
import { hueOf, initialOf } from "./avatar-look.ts";

/** The initial of a user in the user's colour. */
export function Avatar({ user }: { user: User }) {
	return (
		<span class={`avatar avatar--${hueOf(user.id)}`} aria-hidden="true">
			{initialOf(user.name)}
		</span>
	);
}

import type { User } from "../../../app/protocol/session.ts";
import { initialOf, lookOf } from "./avatar-look.ts";

/** The initial of a user in the user's colour. */
export function Avatar({ user }: { user: User }) {
	return (
		<span class={`avatar ${lookOf(user.id)}`} aria-hidden="true">
			{initialOf(user.name)}
		</span>
	);
}

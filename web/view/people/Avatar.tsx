import type { User } from "../../../app/protocol/session.ts";
import { hueOf, initialOf } from "./avatar-look.ts";

/** A person's letter in a person's colour; their name stands beside it. */
export function Avatar({ user }: { user: User }) {
	return (
		<span class={`avatar avatar--${hueOf(user.id)}`} aria-hidden="true">
			{initialOf(user.name)}
		</span>
	);
}

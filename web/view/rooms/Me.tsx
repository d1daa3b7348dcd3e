import { useSignal } from "@preact/signals";
import type { Session } from "../../model/session.ts";
import { announce } from "../announce.ts";
import { Icon } from "../Icon.tsx";
import { Avatar } from "../people/Avatar.tsx";
import { ThemeSwitch } from "../ThemeSwitch.tsx";

/** Oneself: the name, the theme, the way out. */
export function Me({ session }: { session: Session }) {
	const leaving = useSignal(false);
	const problem = useSignal("");
	const user = session.user.value;
	if (user === undefined) return null;

	async function signOut(): Promise<void> {
		if (leaving.peek()) return;
		leaving.value = true;
		const refusal = await session.signOut();
		leaving.value = false;
		problem.value = refusal?.message ?? "";
		if (refusal !== undefined) announce(refusal.message);
	}

	return (
		<section class="me" aria-label="You">
			<div class="me__person">
				<Avatar user={user} />
				<bdi class="me__name" title={user.name}>
					{user.name}
				</bdi>
				<button class="icon-button" type="button" onClick={signOut} aria-label="Sign out" title="Sign out">
					<Icon name="leave" />
				</button>
			</div>
			{problem.value !== "" && <p class="me__problem">{problem.value}</p>}
			<ThemeSwitch />
		</section>
	);
}

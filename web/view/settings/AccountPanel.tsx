import { useSignal } from "@preact/signals";
import type { ClientSession } from "../../model/session.ts";
import { announce } from "../controls/Announcer.tsx";
import { Icon } from "../controls/Icon.tsx";
import { Avatar } from "../people/Avatar.tsx";
import { ThemeSwitch } from "./ThemeSwitch.tsx";

/** The user's name, the theme, and the button to sign out. */
export function AccountPanel({ session }: { session: ClientSession }) {
	const signingOut = useSignal(false);
	const problem = useSignal("");
	const user = session.user.value;
	if (user === undefined) return null;

	async function signOut(): Promise<void> {
		if (signingOut.peek()) return;
		signingOut.value = true;
		const refusal = await session.signOut();
		signingOut.value = false;
		problem.value = refusal?.message ?? "";
		if (refusal !== undefined) announce(refusal.message);
	}

	return (
		<section class="account" aria-label="You">
			<div class="account__person">
				<Avatar user={user} />
				<bdi class="account__name" title={user.name}>
					{user.name}
				</bdi>
				<button class="icon-button" type="button" onClick={signOut} aria-label="Sign out" title="Sign out">
					<Icon name="leave" />
				</button>
			</div>
			{problem.value !== "" && <p class="account__problem">{problem.value}</p>}
			<ThemeSwitch />
		</section>
	);
}

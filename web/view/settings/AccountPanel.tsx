import type { ClientSession } from "../../model/session.ts";
import { Icon } from "../controls/Icon.tsx";
import { Avatar } from "../people/Avatar.tsx";
import { signOutProblem } from "./sign-out.ts";

/** The user's name, and the button that opens the settings. */
export function AccountPanel({ session, onSettings }: { session: ClientSession; onSettings: () => void }) {
	const user = session.user.value;
	if (user === undefined) return null;
	return (
		<section class="account" aria-label="You">
			<div class="account__person">
				<Avatar user={user} />
				<bdi class="account__name" title={user.name}>
					{user.name}
				</bdi>
				<button class="icon-button" type="button" onClick={onSettings} aria-label="Settings" title="Settings">
					<Icon name="settings" />
				</button>
			</div>
			{signOutProblem.value !== "" && <p class="account__problem">{signOutProblem.value}</p>}
		</section>
	);
}

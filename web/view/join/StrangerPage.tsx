import type { Access } from "../../../app/protocol/people.ts";
import { Logo } from "../controls/Logo.tsx";

/** Shown to a stranger where the chat is not open. */
export function StrangerPage({ access }: { access: Exclude<Access, "open"> }) {
	return (
		<div class="join">
			<main class="join__middle">
				<p class="join__brand">
					<Logo class="join__mark" />
					Hubbub
				</p>
				<h1 class="join__title">{access === "members" ? "For members only" : "By invitation only"}</h1>
				<p class="join__lead">Ask somebody who is in this chat for an invitation link, and open it here.</p>
			</main>
		</div>
	);
}

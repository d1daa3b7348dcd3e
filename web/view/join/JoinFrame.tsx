import type { ComponentChildren } from "preact";
import { Logo } from "../controls/Logo.tsx";

type Props = { title: ComponentChildren; lead: ComponentChildren; children?: ComponentChildren };

/** The page of a visitor who is not in the chat yet. */
export function JoinFrame({ title, lead, children }: Props) {
	return (
		<div class="join">
			<main class="join__middle">
				<p class="join__brand">
					<Logo class="join__mark" />
					Hubbub
				</p>
				<h1 class="join__title">{title}</h1>
				<p class="join__lead">{lead}</p>
				{children}
			</main>
		</div>
	);
}

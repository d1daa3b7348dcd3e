import type { Access } from "../../../app/protocol/people.ts";
import { JoinFrame } from "./JoinFrame.tsx";

/** Shown to a stranger where the chat is not open. */
export function StrangerPage({ access }: { access: Exclude<Access, "open"> }) {
	return (
		<JoinFrame
			title={access === "members" ? "For members only" : "By invitation only"}
			lead="Ask somebody who is in this chat for an invitation link, and open it here."
		/>
	);
}

import type { Access } from "../../../app/protocol/people.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { Loaded } from "../loading/Loaded.tsx";
import { signInAgain } from "../parts.ts";
import { JoinFrame } from "./JoinFrame.tsx";

/** Shown to a stranger where the chat is not open. A person with a passkey signs in here. */
export function StrangerPage({ chat, access }: { chat: ChatModel; access: Exclude<Access, "open"> }) {
	return (
		<JoinFrame
			title={access === "members" ? "For members only" : "By invitation only"}
			lead="Ask somebody who is in this chat for an invitation link, and open it here."
		>
			<Loaded part={signInAgain}>{({ SignInAgain }) => <SignInAgain chat={chat} />}</Loaded>
		</JoinFrame>
	);
}

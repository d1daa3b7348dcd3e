import { useRef } from "preact/hooks";
import type { Chat } from "../model/chat.ts";
import { Announcer } from "./Announcer.tsx";
import type { RefusalSignal } from "./address-bar.ts";
import { ChatPage } from "./ChatPage.tsx";
import { JoinPage } from "./join/JoinPage.tsx";
import { Splash } from "./Splash.tsx";

type Props = {
	chat: Chat;
	/** Why the room in the address could not be opened. */
	refusal: RefusalSignal;
};

export function App(props: Props) {
	return (
		<>
			<Page {...props} />
			<Announcer />
		</>
	);
}

function Page({ chat, refusal }: Props) {
	const atTheDoor = useRef(false);
	const state = chat.session.state.value;
	if (state === "signedOut") atTheDoor.current = true;
	// Who is signed in and was not let into the room still stands at the door, and may take another name.
	if (chat.rooms.current.value !== undefined) atTheDoor.current = false;

	if (atTheDoor.current) return <JoinPage chat={chat} />;
	if (state === "restoring") return <Splash problem={chat.session.problem} />;
	return <ChatPage chat={chat} refusal={refusal} />;
}

import { useRef } from "preact/hooks";
import type { ChatModel } from "../model/chat-model.ts";
import type { RefusalSignal } from "./address-bar.ts";
import { ChatPage } from "./ChatPage.tsx";
import { Announcer } from "./controls/Announcer.tsx";
import { JoinPage } from "./join/JoinPage.tsx";
import { Splash } from "./Splash.tsx";

type Props = {
	chat: ChatModel;
	/** The refusal of the room in the address. */
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
	const onJoinPage = useRef(false);
	const state = chat.session.state.value;
	if (state === "signedOut") onJoinPage.current = true;
	// A user whose join was refused stays on the join page, to choose another name.
	if (chat.rooms.current.value !== undefined) onJoinPage.current = false;

	if (onJoinPage.current) return <JoinPage chat={chat} />;
	if (state === "restoring") return <Splash problem={chat.session.problem} />;
	return <ChatPage chat={chat} refusal={refusal} />;
}

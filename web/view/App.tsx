import type { Chat } from "../model/chat.ts";
import { Announcer } from "./Announcer.tsx";
import type { AddressBar } from "./address-bar.ts";
import { ChatPage } from "./ChatPage.tsx";
import { JoinPage } from "./join/JoinPage.tsx";
import { Splash } from "./Splash.tsx";

/** Which of the three pages is shown is a question of the session alone. */
export function App({ chat, address }: { chat: Chat; address: AddressBar }) {
	return (
		<>
			<Page chat={chat} address={address} />
			<Announcer />
		</>
	);
}

function Page({ chat, address }: { chat: Chat; address: AddressBar }) {
	switch (chat.session.state.value) {
		case "restoring":
			return <Splash problem={chat.session.problem} />;
		case "signedOut":
			return <JoinPage chat={chat} room={address.linkedRoom ?? chat.lastRoom.peek()} />;
		case "signedIn":
			return <ChatPage chat={chat} refusal={address.refusal} />;
	}
}

import { useRef } from "preact/hooks";
import type { ChatModel } from "../model/chat-model.ts";
import type { RefusalSignal } from "./address-bar.ts";
import { ChatPage } from "./ChatPage.tsx";
import { Announcer } from "./controls/Announcer.tsx";
import { entryLink } from "./join/entry-link.ts";
import { Loaded } from "./loading/Loaded.tsx";
import type { PanelChoice } from "./panel/panel-choice.ts";
import { entryPage, joinPage } from "./parts.ts";
import { Splash } from "./Splash.tsx";
import { signingOut } from "./settings/sign-out.ts";
import { UndoToast } from "./undo/UndoToast.tsx";

type Props = {
	chat: ChatModel;
	/** The refusal of the room in the address. */
	refusal: RefusalSignal;
	panel: PanelChoice;
};

export function App(props: Props) {
	return (
		<>
			<Page {...props} />
			<UndoToast />
			<Announcer />
		</>
	);
}

function Page({ chat, refusal, panel }: Props) {
	const onJoinPage = useRef(false);
	const state = chat.session.state.value;
	const splash = <Splash problem={chat.session.problem} onRetry={() => chat.session.retry()} />;
	const link = entryLink.value;
	if (link) {
		return (
			<Loaded part={entryPage} pending={splash}>
				{({ EntryPage }) => <EntryPage chat={chat} link={link} />}
			</Loaded>
		);
	}
	if (state === "signedOut") onJoinPage.current = true;
	// A user whose join was refused stays on the join page, to choose another name.
	if (chat.rooms.current.value !== undefined) onJoinPage.current = false;

	// A user who has never signed in on this device needs it as soon as the server has answered.
	if (state === "restoring" && chat.session.lastName.peek() === "") void joinPage.load();
	if (onJoinPage.current || signingOut.value) {
		return (
			<Loaded part={joinPage} pending={splash}>
				{({ JoinPage }) => <JoinPage chat={chat} />}
			</Loaded>
		);
	}
	if (state === "restoring") return splash;
	return <ChatPage chat={chat} refusal={refusal} panel={panel} />;
}

import type { SystemItem, WelcomeItem } from "../../model/item.ts";
import { AccessLine } from "./AccessLine.tsx";
import { PresenceLine } from "./PresenceLine.tsx";

type Props = {
	item: Exclude<SystemItem, WelcomeItem>;
	/** The id of the signed-in user. */
	me: string;
};

/** A line between the messages: who came and went, what was changed of a private room, or that messages are missing. */
export function SystemLine({ item, me }: Props) {
	if (item.kind === "presence") return <PresenceLine item={item} />;
	if (item.kind === "access") return <AccessLine item={item} me={me} />;
	return (
		<>
			{item.isNew
				? "This room has started over. Its earlier messages are gone."
				: "You've been away a while. Here are the latest messages."}
		</>
	);
}

import type { User } from "../../../app/protocol/session.ts";
import type { PresenceItem } from "../../model/item.ts";
import { Time } from "../message/Time.tsx";
import { presenceParts } from "./presence-parts.ts";

/** Who joined and left, in one line: "Bob and 11 others joined, Ada left 14:03". */
export function PresenceLine({ item }: { item: PresenceItem }) {
	return (
		<>
			<People users={item.joined} did="joined" />
			{item.joined.length > 0 && item.left.length > 0 && ", "}
			<People users={item.left} did="left" /> <Time at={item.at} />
		</>
	);
}

function People({ users, did }: { users: readonly User[]; did: string }) {
	if (users.length === 0) return null;
	return <>{presenceParts(users, did).map((part) => (typeof part === "string" ? part : <bdi>{part.name}</bdi>))}</>;
}

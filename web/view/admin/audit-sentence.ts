import type { AuditInfo } from "../../../app/protocol/audit.ts";
import { timeOf } from "./time-of.ts";

/** Such as "Eve (u-eve) banned Ada from kitchen until 4 Dec, 16:00: spam". */
export function auditSentence({ act, target, by, reason }: AuditInfo): string {
	const who = by ?? "An admin";
	return `${who} ${deedOf(act, target)}${reason === undefined ? "" : `: ${reason}`}`;
}

function deedOf(act: AuditInfo["act"], target: AuditInfo["target"]): string {
	const person = target.name ?? target.user ?? target.address ?? "somebody";
	const room = target.room === "~" ? "a private room" : (target.room ?? "the chat");
	const end = target.until === undefined ? "" : ` until ${timeOf(target.until)}`;
	switch (act) {
		case "kick":
		case "ban":
			return `banned ${person} from ${room}${end}`;
		case "unban":
			return `lifted the ban of ${person} from ${room}`;
		case "close_room":
			return `closed ${room}`;
		case "reopen_room":
			return `reopened ${room}`;
		case "remove_room":
			return `removed ${room} with its messages`;
		case "remove_message":
			return `removed message ${target.seq} in ${room}`;
		case "pin_message":
			return `pinned message ${target.seq} in ${room}`;
		case "unpin_message":
			return `unpinned message ${target.seq} in ${room}`;
		case "notice":
			return `sent everybody “${target.text}”`;
		case "claim":
			return "became the owner";
		case "set_role":
			return `made ${person} ${target.role === "owner" ? "an owner" : `a ${target.role}`}`;
		case "remove_person":
			return `removed ${person}`;
		case "set_access":
			return `let in ${ACCESS[target.access ?? ""] ?? target.access}`;
		case "invite":
			return "made an invitation";
		case "revoke_invitation":
			return "revoked an invitation";
		case "close_report":
			return "closed a report";
	}
}

const ACCESS: Readonly<Record<string, string>> = {
	open: "everybody",
	invited: "people with an invitation",
	members: "members only",
};

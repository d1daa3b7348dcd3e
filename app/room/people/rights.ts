/** What is allowed to whom: the only place that compares roles. PROTOCOL.md has the same table, and a test compares both. */
import { type Access, ROLES, type Role } from "../../protocol/people.ts";

/** The lowest role that may do something that not everybody may. */
const LOWEST_ROLE = {
	pin_messages: "moderator",
	remove_messages: "moderator",
	invite: "moderator",
	list_people: "moderator",
	ban: "moderator",
	close_rooms: "moderator",
	handle_reports: "moderator",
	read_audit: "owner",
	see_headroom: "owner",
	change_roles: "owner",
	change_access: "owner",
} as const satisfies Record<string, Role>;
export type Act = keyof typeof LOWEST_ROLE;

/** A stranger, who has no role, may do nothing of this. */
export function isAllowed(role: Role | undefined, act: Act): boolean {
	return isAtLeast(role, LOWEST_ROLE[act]);
}

/** Returns whether a user with this role may come in; without one only where the chat is open. */
export function mayComeIn(role: Role | undefined, access: Access): boolean {
	if (access === "open") return true;
	return isAtLeast(role, access === "invited" ? "guest" : "member");
}

/** The role that an invitation gives. */
export function invitedRole(access: Access): Role {
	return access === "members" ? "member" : "guest";
}

/** The sentence of a refusal. */
export function onlyFor(act: Act): string {
	return LOWEST_ROLE[act] === "owner" ? "Only an owner can do this." : "Only owners and moderators can do this.";
}

/** Returns whether a user with a role may act against one with another role, or without one. */
export function isAbove(role: Role | undefined, other: Role | undefined): boolean {
	return rankOf(role) > rankOf(other ?? "guest");
}

function rankOf(role: Role | undefined): number {
	return role === undefined ? -1 : ROLES.indexOf(role);
}

function isAtLeast(role: Role | undefined, lowest: Role): boolean {
	return rankOf(role) >= rankOf(lowest);
}

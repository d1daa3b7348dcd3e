/** The requests of moderators that several parts of the page share. */
import type { BanInfo } from "../../app/protocol/moderation.ts";
import type { SignedInUser } from "../../app/protocol/people.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { ApiClient } from "./api-client.ts";

/** The server has the last word: a role may have changed since the page was loaded. */
export function isModerator(user: SignedInUser | undefined): boolean {
	return user?.role === "moderator" || user?.role === "owner";
}

/** Closes a room or reopens it. */
export function setRoomClosed(api: ApiClient, room: string, closed: boolean): Promise<Ack<unknown>> {
	// `.` and `..` would be steps between folders; a room's name ends with no space.
	const segment = encodeURIComponent(/^\.\.?$/.test(room) ? `${room} ` : room);
	return api(closed ? "PUT" : "DELETE", `/api/closed-rooms/${segment}`);
}

export function liftBan(api: ApiClient, { kind, target, room }: BanInfo): Promise<Ack<unknown>> {
	const query = new URLSearchParams({ [kind]: target, ...(room !== undefined && { room }) });
	return api("DELETE", `/api/bans?${query}`);
}

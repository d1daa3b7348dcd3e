import type { Append } from "../room/ports/log.ts";

/** Returns who appends with which `clientId`. The pair is unique over all kinds of entries (rule M2). A change by an admin has none. */
export function identityOf(append: Append): { userId: string; userName: string; clientId: string } | undefined {
	if (append.kind === "message") return identity(append.author, append.clientId);
	if (append.kind === "edit" || append.kind === "reaction") return identity(append.user, append.clientId);
	if (append.kind === "member" || append.kind === "room") return undefined;
	return append.by && identity(append.by.user, append.by.clientId);
}

function identity({ id, name }: { id: string; name: string }, clientId: string) {
	return { userId: id, userName: name, clientId };
}

/** Returns the id of the user who appends; undefined for an admin. */
export function authorOf(append: Append): string | undefined {
	if (append.kind === "member" || append.kind === "room") return append.by.id;
	return identityOf(append)?.userId;
}

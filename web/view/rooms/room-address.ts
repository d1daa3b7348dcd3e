const PREFIX = "/r/";

/** Returns the room of a path ("/r/kitchen", "/r/kitchen/17"), as spelled there; undefined for other paths. */
export function roomOfPath(path: string): string | undefined {
	if (!path.startsWith(PREFIX)) return undefined;
	try {
		const [room = ""] = path.slice(PREFIX.length).split("/");
		return decodeURIComponent(room).trim() || undefined;
	} catch {
		return undefined;
	}
}

/** Returns the seq of the message of a path ("/r/kitchen/17"). */
export function messageOfPath(path: string): number | undefined {
	const [, seq] = /^\/r\/[^/]+\/([1-9]\d{0,14})$/.exec(path) ?? [];
	return seq === undefined ? undefined : Number(seq);
}

/**
 * Returns a path that stays whole as a link in a text, where punctuation at the end is not part of it. `.` and `..` get a
 * space, which no room's name ends with: browsers take even `%2E` for a step between folders.
 */
export function pathOfRoom(room: string): string {
	const path = PREFIX + encodeURIComponent(/^\.\.?$/.test(room) ? `${room} ` : room);
	return path.replace(/[!'()*~]|[._]+$/g, (text) => [...text].map(hex).join(""));
}

function hex(character: string): string {
	return `%${character.charCodeAt(0).toString(16)}`;
}

export function pathOfMessage(room: string, seq: number): string {
	return `${pathOfRoom(room)}/${seq}`;
}

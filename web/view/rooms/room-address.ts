const PREFIX = "/r/";

/** Returns the room of a path ("/r/kitchen", "/r/kitchen/17"), as spelled there; undefined for other paths. */
export function roomOfPath(path: string): string | undefined {
	if (!path.startsWith(PREFIX)) return undefined;
	try {
		const [room = ""] = path.slice(PREFIX.length).split("/");
		return decodeURIComponent(room) || undefined;
	} catch {
		return undefined;
	}
}

/** Returns the seq of the message of a path ("/r/kitchen/17"). */
export function messageOfPath(path: string): number | undefined {
	const [, seq] = /^\/r\/[^/]+\/([1-9]\d{0,14})$/.exec(path) ?? [];
	return seq === undefined ? undefined : Number(seq);
}

export function pathOfRoom(room: string): string {
	return PREFIX + encodeURIComponent(room).replace(/^\.+$/, (dots) => "%2E".repeat(dots.length));
}

export function pathOfMessage(room: string, seq: number): string {
	return `${pathOfRoom(room)}/${seq}`;
}

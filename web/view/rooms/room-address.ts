const PREFIX = "/r/";

/** Returns the room of a path ("/r/kitchen"), as spelled there; undefined for other paths. */
export function roomOfPath(path: string): string | undefined {
	if (!path.startsWith(PREFIX)) return undefined;
	try {
		return decodeURIComponent(path.slice(PREFIX.length)) || undefined;
	} catch {
		return undefined;
	}
}

export function pathOfRoom(room: string): string {
	return PREFIX + encodeURIComponent(room);
}

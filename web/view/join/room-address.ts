const PREFIX = "/r/";

/** The room that a path names ("/r/kitchen"), as it was written; undefined for any other path. */
export function roomOfPath(path: string): string | undefined {
	if (!path.startsWith(PREFIX)) return undefined;
	try {
		return decodeURIComponent(path.slice(PREFIX.length)) || undefined;
	} catch {
		return undefined;
	}
}

/** The path of a room's page. */
export function pathOfRoom(room: string): string {
	return PREFIX + encodeURIComponent(room);
}

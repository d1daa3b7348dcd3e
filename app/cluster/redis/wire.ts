import type { ClusterEvent, RoomEvent } from "../../room/ports/cluster.ts";

/** A person in a room and their processes; without `at` the person has left. Published by the scripts. */
export type PersonEvent = { kind: "person"; id: string; name: string; at?: string[] };
type WireEvent = RoomEvent | ClusterEvent | PersonEvent;

/** Returns `sender time JSON`, so that a process recognises its own messages without parsing them. `now` is milliseconds since 1970. */
export function encode(sender: string, now: number, event: WireEvent): string {
	return `${sender} ${now} ${JSON.stringify(event)}`;
}

/** Returns undefined for the process' own messages, and for those that can't be parsed: another version may have sent them. */
export function decode(
	message: string,
	self: string,
): { sender: string; sentAt: number; event: WireEvent } | undefined {
	if (message.startsWith(`${self} `)) return undefined;
	const [header, sender = "", sentAt] = /^(\S+) (\d+) /.exec(message) ?? [];
	if (header === undefined) return undefined;
	const event = parseObject(message.slice(header.length));
	return event && { sender, sentAt: Number(sentAt), event: event as WireEvent };
}

/** Returns a person's name and processes from the scripts' record, or undefined if it can't be parsed. */
export function decodePerson(text: string): { name: string; at: string[] } | undefined {
	const { name, at } = parseObject(text) ?? {};
	return typeof name === "string" && Array.isArray(at) ? { name, at } : undefined;
}

/** Returns a JSON object, or undefined. */
function parseObject(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}

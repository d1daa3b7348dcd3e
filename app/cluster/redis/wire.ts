import type { ClusterEvent, RoomEvent } from "../../room/ports/cluster.ts";

/** Somebody in a room and the processes they are on; without `at` they are gone. Told by the scripts. */
export type PersonEvent = { kind: "person"; id: string; name: string; at?: string[] };
type News = RoomEvent | ClusterEvent | PersonEvent;

/** Who says it, when (milliseconds since 1970, or 0), and what: parted by spaces, so that one's own word is not parsed. */
export function encode(teller: string, now: number, news: News): string {
	return `${teller} ${now} ${JSON.stringify(news)}`;
}

/** Undefined for one's own word, and for what can't be read: another version may say more. */
export function decode(message: string, self: string): { teller: string; sentAt: number; news: News } | undefined {
	if (message.startsWith(`${self} `)) return undefined;
	const [head, teller = "", sentAt] = /^(\S+) (\d+) /.exec(message) ?? [];
	if (head === undefined) return undefined;
	const news = parsed(message.slice(head.length));
	return news && { teller, sentAt: Number(sentAt), news: news as News };
}

/** What the scripts keep of a person: their name and the processes they are on. Undefined where it can't be read. */
export function decodePerson(text: string): { name: string; at: string[] } | undefined {
	const { name, at } = parsed(text) ?? {};
	return typeof name === "string" && Array.isArray(at) ? { name, at } : undefined;
}

/** A JSON object, or undefined. */
function parsed(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}

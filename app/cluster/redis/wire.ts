import type { ChatNews, RoomNews } from "../../room/cluster.ts";

/** Somebody in a room and the processes they are on; without `at` they are gone. Told by the scripts. */
export type PersonNews = { kind: "person"; id: string; name: string; at?: string[] };
type News = RoomNews | ChatNews | PersonNews;

/** Who says it, when (milliseconds since 1970, or 0), and what: parted by spaces, so that one's own word is not parsed. */
export function encode(teller: string, now: number, news: News): string {
	return `${teller} ${now} ${JSON.stringify(news)}`;
}

/** Undefined for one's own word, and for what can't be read: another version may say more. */
export function decode(message: string, self: string): { teller: string; sentAt: number; news: News } | undefined {
	if (message.startsWith(`${self} `)) return undefined;
	const [head, teller = "", sentAt] = /^(\S+) (\d+) /.exec(message) ?? [];
	if (head === undefined) return undefined;
	try {
		return { teller, sentAt: Number(sentAt), news: JSON.parse(message.slice(head.length)) };
	} catch {
		return undefined;
	}
}

import { type Connection, createConnection } from "../../connection/connection.ts";
import { until } from "../../connection/testing/until.ts";
import { type Chat, createChat } from "../chat.ts";
import type { Item, MessageItem } from "../item.ts";
import type { Memory } from "../memory.ts";
import type { PendingStore } from "../pending.ts";
import { memoryInMemory } from "./memory-in-memory.ts";
import { pendingInMemory } from "./pending-in-memory.ts";

/** One browser: what it keeps from page to page. */
export type Browser = { memory: Memory; pendingStore: PendingStore; headers: Record<string, string> };

export function newBrowser(): Browser {
	return { memory: memoryInMemory(), pendingStore: pendingInMemory(), headers: {} };
}

/** Whoever tidies up at the end: a `TestContext`. */
type Test = { after(act: () => void): void };

/** A page of that browser, without a view. */
export type Page = {
	chat: Chat;
	/** Joins and throws if refused. */
	enter(name: string, room: string): Promise<void>;
	/** What the current room draws: texts, and other lines by their kind. */
	texts(): string[];
	messages(): MessageItem[];
	send(text: string): void;
	/** The page is gone, as by a reload. */
	unload(): void;
};

/** `answerWithinMs`: how long this page waits for the ack of what it asks now; undefined: as long as always. */
export function openPage(
	test: Test,
	url: string,
	browser: Browser = newBrowser(),
	{ answerWithinMs }: { answerWithinMs?: () => number | undefined } = {},
): Page {
	const { headers, memory, pendingStore } = browser;
	const line = createConnection({ url, headers, random: () => 0 });
	let isGone = false;
	const connection: Connection = {
		...line,
		open: () => void (isGone || line.open()),
		request(event, payload, options) {
			const timeoutMs = answerWithinMs?.();
			return line.request(event, payload, timeoutMs === undefined ? options : { ...options, timeoutMs });
		},
	};
	const fetchWithCookie: typeof fetch = async (input, init) => {
		const answer = fetch(input, { ...init, headers: { ...init?.headers, ...headers } });
		await Promise.allSettled([answer]);
		// What a page that is gone has asked, nobody is told.
		if (isGone) await new Promise<never>(() => {});
		const response = await answer;
		for (const cookie of response.headers.getSetCookie()) headers.cookie = cookie.split(";")[0]!;
		return response;
	};
	const chat = createChat({ connection, memory, pendingStore, url, fetch: fetchWithCookie, geolocation: undefined });
	const unload = () => {
		isGone = true;
		line.close();
	};
	test.after(unload);
	const items = (): readonly Item[] => chat.rooms.current.value?.items.value ?? [];
	const messages = () => items().filter((item) => item.kind === "message");
	return {
		chat,
		async enter(name, room) {
			await until(() => chat.session.state.value !== "restoring", "a session or none");
			const refusal = await chat.enter(name, room);
			if (refusal) throw new Error(refusal.message, { cause: refusal });
		},
		texts: () => items().map((item) => (item.kind === "message" ? item.content.body! : item.kind)),
		messages,
		send: (text) => chat.rooms.current.value?.send(text),
		unload,
	};
}

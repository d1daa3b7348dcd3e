import { waitFor } from "../../../load/kit/wait-for.ts";
import { createServerConnection, type ServerConnection } from "../../connection/server-connection.ts";
import { type ChatModel, createChatModel } from "../chat-model.ts";
import type { Item, MessageItem } from "../item.ts";
import type { LocalStorage } from "../local-storage.ts";
import type { PendingStore } from "../pending.ts";
import { localStorageInMemory } from "./local-storage-in-memory.ts";
import { pendingInMemory } from "./pending-in-memory.ts";

/** The storage and cookies of a browser, shared by its pages. */
export type TestBrowser = { storage: LocalStorage; pendingStore: PendingStore; headers: Record<string, string> };

export function newTestBrowser(): TestBrowser {
	return { storage: localStorageInMemory(), pendingStore: pendingInMemory(), headers: {} };
}

/** The part of a `TestContext` that is needed. */
type Test = { after(cleanUp: () => void): void };

/** A page without a view. */
export type TestPage = {
	chat: ChatModel;
	/** Signs in and joins. Throws if refused. */
	enter(name: string, room: string): Promise<void>;
	/** The items of the current room: texts of messages, kinds of system items. */
	texts(): string[];
	messages(): MessageItem[];
	send(text: string): void;
	/** Hides the page, as a switch to another tab does. */
	hide(): void;
	/** Closes the page, as a reload does. */
	unload(): void;
};

/** `ackTimeoutMs` returns the timeout of the next request; undefined for the default. */
export function openTestPage(
	test: Test,
	url: string,
	browser: TestBrowser = newTestBrowser(),
	{ ackTimeoutMs }: { ackTimeoutMs?: () => number | undefined } = {},
): TestPage {
	const { headers, storage, pendingStore } = browser;
	const inner = createServerConnection({ url, headers, random: () => 0 });
	let isClosed = false;
	const connection: ServerConnection = {
		...inner,
		open: () => void (isClosed || inner.open()),
		request(event, payload, options) {
			const timeoutMs = ackTimeoutMs?.();
			return inner.request(event, payload, timeoutMs === undefined ? options : { ...options, timeoutMs });
		},
	};
	const fetchWithCookie: typeof fetch = async (input, init) => {
		const pending = fetch(input, { ...init, headers: { ...init?.headers, ...headers } });
		await Promise.allSettled([pending]);
		// A closed page never receives the response.
		if (isClosed) await new Promise<never>(() => {});
		const response = await pending;
		for (const cookie of response.headers.getSetCookie()) headers.cookie = cookie.split(";")[0]!;
		return response;
	};
	const hiding = new Set<() => void>();
	const lifecycle = {
		onHiddenChange(listener: () => void) {
			hiding.add(listener);
			return () => hiding.delete(listener);
		},
	};
	const chat = createChatModel({
		connection,
		lifecycle,
		storage,
		pendingStore,
		url,
		fetch: fetchWithCookie,
	});
	const unload = () => {
		isClosed = true;
		inner.close();
	};
	test.after(unload);
	const items = (): readonly Item[] => chat.rooms.current.value?.items.value ?? [];
	const messages = () => items().filter((item) => item.kind === "message");
	return {
		chat,
		async enter(name, room) {
			await waitFor("a session or none", () => chat.session.state.value !== "restoring");
			const refusal = await chat.enter(name, room);
			if (refusal) throw new Error(refusal.message, { cause: refusal });
		},
		texts: () => items().map((item) => (item.kind === "message" ? item.content.body! : item.kind)),
		messages,
		send: (text) => chat.rooms.current.value?.send(text),
		hide: () => hiding.forEach((listener) => void listener()),
		unload,
	};
}

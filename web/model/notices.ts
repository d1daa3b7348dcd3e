import { type ReadonlySignal, signal } from "@preact/signals";
import type { Notice } from "../../app/protocol/server.ts";
import type { ServerConnection } from "../connection/server-connection.ts";
import { serverNow } from "./server-clock.ts";

const MAX_SHOWN = 3;

/** Announcements of the operator to all users, and what happened to the user's rooms. */
export type Notices = {
	/** Oldest first; at most three. */
	readonly shown: ReadonlySignal<readonly (Notice & { key: string })[]>;
	add(text: string): void;
	dismiss(key: string): void;
};

export function createNotices(connection: Pick<ServerConnection, "on">): Notices {
	const shown = signal<readonly (Notice & { key: string })[]>([]);
	let received = 0;
	function show(notice: Notice): void {
		shown.value = [...shown.peek(), { ...notice, key: `notice-${++received}` }].slice(-MAX_SHOWN);
	}
	connection.on("server:notice", show);
	return {
		shown,
		add: (text) => show({ text, createdAt: serverNow() }),
		dismiss(key) {
			shown.value = shown.peek().filter((notice) => notice.key !== key);
		},
	};
}

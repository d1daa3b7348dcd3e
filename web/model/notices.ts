import { type ReadonlySignal, signal } from "@preact/signals";
import type { Notice } from "../../app/protocol/server.ts";
import type { ServerConnection } from "../connection/server-connection.ts";

const MAX_SHOWN = 3;

/** Announcements of the operator to all users. */
export type Notices = {
	/** Oldest first; at most three. */
	readonly shown: ReadonlySignal<readonly (Notice & { key: string })[]>;
	dismiss(key: string): void;
};

export function createNotices(connection: Pick<ServerConnection, "on">): Notices {
	const shown = signal<readonly (Notice & { key: string })[]>([]);
	let received = 0;
	connection.on("server:notice", (notice) => {
		shown.value = [...shown.peek(), { ...notice, key: `notice-${++received}` }].slice(-MAX_SHOWN);
	});
	return {
		shown,
		dismiss(key) {
			shown.value = shown.peek().filter((notice) => notice.key !== key);
		},
	};
}

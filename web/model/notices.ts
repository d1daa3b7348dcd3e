import { type ReadonlySignal, signal } from "@preact/signals";
import type { Notice } from "../../app/protocol/server.ts";
import type { Connection } from "../connection/connection.ts";

const MAX_SHOWN = 3;

/** What the operator says to everyone. */
export type Notices = {
	/** Oldest first; the newest few only. */
	readonly shown: ReadonlySignal<readonly (Notice & { key: string })[]>;
	dismiss(key: string): void;
};

export function createNotices(connection: Pick<Connection, "on">): Notices {
	const shown = signal<readonly (Notice & { key: string })[]>([]);
	let heard = 0;
	connection.on("server:notice", (notice) => {
		shown.value = [...shown.peek(), { ...notice, key: `notice-${++heard}` }].slice(-MAX_SHOWN);
	});
	return {
		shown,
		dismiss(key) {
			shown.value = shown.peek().filter((notice) => notice.key !== key);
		},
	};
}

import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { AuditInfo } from "../../app/protocol/audit.ts";
import type { ApiClient } from "./api-client.ts";

/** The audit log of the chat, for owners. */
export type AuditLog = {
	/** Newest first; undefined until they are loaded. */
	readonly entries: ReadonlySignal<readonly AuditInfo[] | undefined>;
	/** Whether there are older ones. */
	readonly more: ReadonlySignal<boolean>;
	/** The sentence of the last refusal. */
	readonly problem: ReadonlySignal<string>;
	/** Loads the newest entries, or those before the ones that are loaded. */
	load(): Promise<void>;
};

const PAGE_ENTRIES = 50;

export function createAuditLog(api: ApiClient): AuditLog {
	const entries = signal<readonly AuditInfo[] | undefined>();
	const more = signal(false);
	const problem = signal("");
	return {
		entries,
		more,
		problem,
		async load() {
			const known = entries.peek() ?? [];
			const last = known.at(-1);
			const before = last === undefined ? "" : `&before=${last.id}`;
			const ack = await api<{ entries: AuditInfo[]; more: boolean }>(
				"GET",
				`/api/audit?limit=${PAGE_ENTRIES}${before}`,
			);
			batch(() => {
				problem.value = ack.ok ? "" : ack.error.message;
				if (!ack.ok) return;
				entries.value = [...known, ...ack.data.entries];
				more.value = ack.data.more;
			});
		},
	};
}

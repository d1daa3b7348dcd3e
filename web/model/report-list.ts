import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { ReportInfo } from "../../app/protocol/report.ts";
import type { ApiClient } from "./api-client.ts";

/** The reports of messages, for owners and moderators. */
export type ReportList = {
	/** Newest first; undefined until they are loaded. */
	readonly reports: ReadonlySignal<readonly ReportInfo[] | undefined>;
	/** Whether there are older ones. */
	readonly more: ReadonlySignal<boolean>;
	/** The sentence of the last refusal. */
	readonly problem: ReadonlySignal<string>;
	load(): Promise<void>;
	loadOlder(): Promise<void>;
	/** Closes a report and the others of its message. */
	close(report: ReportInfo): Promise<void>;
};

export function createReportList(api: ApiClient): ReportList {
	const reports = signal<readonly ReportInfo[] | undefined>();
	const more = signal(false);
	const problem = signal("");

	async function read(before?: number): Promise<void> {
		const query = before === undefined ? "" : `?before=${before}`;
		const ack = await api<{ reports: ReportInfo[]; more: boolean }>("GET", `/api/reports${query}`);
		batch(() => {
			problem.value = ack.ok ? "" : ack.error.message;
			if (!ack.ok) return;
			reports.value = [...(before === undefined ? [] : (reports.peek() ?? [])), ...ack.data.reports];
			more.value = ack.data.more;
		});
	}
	return {
		reports,
		more,
		problem,
		load: () => read(),
		loadOlder: () => read(reports.peek()?.at(-1)?.id),
		async close({ id }) {
			const ack = await api("DELETE", `/api/reports/${id}`);
			if (ack.ok || ack.error.code === "not_found") await read();
			else problem.value = ack.error.message;
		},
	};
}

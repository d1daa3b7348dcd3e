import { effect, type ReadonlySignal } from "@preact/signals";
import type { ConnectionStatus } from "../../connection/reconnector.ts";
import type { Outbox } from "../outbox.ts";

/** Uploads the files of pending messages. The code for it is loaded with the first of them, and again after a failure. */
export function loadUploads(outbox: Outbox, status: ReadonlySignal<ConnectionStatus>): void {
	let isLoading = false;
	effect(() => {
		if (!outbox.pending.value.some((entry) => "files" in entry) || isLoading) return;
		isLoading = true;
		import("./uploads.ts").then(
			({ startUploads }) => startUploads(outbox, status),
			() => {
				isLoading = false;
			},
		);
	});
}

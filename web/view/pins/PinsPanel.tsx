import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Pins } from "../../model/pins.ts";
import type { Room } from "../../model/room.ts";
import { MessageView } from "../message/MessageView.tsx";
import { timeFormat } from "../message/Time.tsx";
import { rowsOf } from "../timeline/timeline-rows.ts";

/** The pinned messages of a room, each with a button that shows it among the others. */
export function PinsPanel({ room, onShow }: { room: Room; onShow: () => void }) {
	const problem = useSignal<string | undefined>(undefined);
	const pinned = room.pinned.value;

	async function load(): Promise<void> {
		problem.value = undefined;
		const refusal = await room.loadPinned(Pins);
		problem.value = refusal?.message;
	}
	useEffect(() => void load(), [room]);

	async function show(seq: number): Promise<void> {
		onShow();
		const refusal = await room.jumpTo(seq);
		problem.value = refusal?.message;
	}

	const rows = rowsOf(pinned ?? [], undefined, timeFormat.dayKey).filter((row) => row.kind === "message");
	return (
		<div class="thread__messages">
			<ol class="rows">
				{rows.map((row) => (
					<li key={row.key} class="pin">
						<MessageView row={{ ...row, first: true, last: true }} room={room} inThread />
						{row.item.seq !== undefined && (
							<button class="text-button" type="button" onClick={() => void show(row.item.seq!)}>
								Show in the room
							</button>
						)}
					</li>
				))}
			</ol>
			{problem.value !== undefined && (
				<p class="thread__note" role="alert">
					{problem.value}{" "}
					<button class="text-button" type="button" onClick={() => void load()}>
						Try again
					</button>
				</p>
			)}
			{pinned === undefined && problem.value === undefined && <p class="thread__note">Loading pinned messages…</p>}
			{pinned?.length === 0 && <p class="thread__note">No messages are pinned in this room.</p>}
		</div>
	);
}

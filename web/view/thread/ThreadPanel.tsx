import { useEffect, useMemo } from "preact/hooks";
import type { Item } from "../../model/item.ts";
import type { Room } from "../../model/room.ts";
import { Composer } from "../composer/Composer.tsx";
import { MessageView } from "../message/MessageView.tsx";
import { timeFormat } from "../message/Time.tsx";
import { type MessageRow, rowsOf } from "../timeline/timeline-rows.ts";

/** A message and the replies to it, with a field for the next one. */
export function ThreadPanel({ room, root }: { room: Room; root: number }) {
	const thread = useMemo(() => room.openThread(root), [room, root]);
	useEffect(() => () => thread.close(), [thread]);
	const items = thread.items.value;
	const isLoading = thread.loading.value !== undefined;
	const problem = thread.problem.value;

	return (
		<div class="thread">
			<div class="thread__messages">
				{thread.hasOlder.value && !isLoading && (
					<button class="text-button" type="button" onClick={() => void thread.loadOlder()}>
						Earlier replies
					</button>
				)}
				<ol class="rows">
					{messageRows(items).map((row) => (
						<li key={row.key}>
							<MessageView row={row} room={room} inThread />
						</li>
					))}
				</ol>
				{isLoading && items.length === 0 && <p class="thread__note">Loading replies…</p>}
				{problem !== undefined && (
					<p class="thread__note" role="alert">
						{problem.message}{" "}
						<button class="text-button" type="button" onClick={() => void thread.jumpToNewest()}>
							Try again
						</button>
					</p>
				)}
				{!isLoading && problem === undefined && thread.rootItem.value === undefined && (
					<p class="thread__note">The message that these replies answer was removed.</p>
				)}
				{thread.hasNewer.value && !isLoading && (
					<button class="text-button" type="button" onClick={() => void thread.loadNewer()}>
						Later replies
					</button>
				)}
			</div>
			{!room.readOnly.value && <Composer room={room} thread={thread} />}
		</div>
	);
}

function messageRows(items: readonly Item[]): MessageRow[] {
	return rowsOf(items, undefined, timeFormat.dayKey).filter((row) => row.kind === "message");
}

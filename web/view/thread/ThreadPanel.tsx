import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Item, MessageItem } from "../../model/item.ts";
import type { Room } from "../../model/room.ts";
import { Threads } from "../../model/threads.ts";
import { Composer } from "../composer/Composer.tsx";
import { MessageView } from "../message/MessageView.tsx";
import { timeFormat } from "../message/Time.tsx";
import { messageActionsPart } from "../parts.ts";
import { rowLabel } from "../timeline/row-label.ts";
import { type MessageRow, rowsOf } from "../timeline/timeline-rows.ts";

/** A message and the replies to it, with a field for the next one. */
export function ThreadPanel({ room, root }: { room: Room; root: number }) {
	const thread = useMemo(() => room.openThread(root, Threads), [room, root]);
	useEffect(() => () => thread.close(), [thread]);
	const items = thread.items.value;
	const isLoading = thread.loading.value !== undefined;
	const problem = thread.problem.value;
	const view = useRef<HTMLDivElement>(null);
	// Loaded in idle time.
	const actions = messageActionsPart.module.value;

	function handleKey(event: KeyboardEvent, item: MessageItem): void {
		// Keys inside the message belong to the link or button that has the focus.
		if (event.target !== event.currentTarget || !actions?.handleMessageKey(event, item, room, true)) return;
		event.preventDefault();
	}

	return (
		<div class="thread">
			<div class="thread__messages" ref={view}>
				{thread.hasOlder.value && !isLoading && (
					<button class="text-button" type="button" onClick={() => void thread.loadOlder()}>
						Earlier replies
					</button>
				)}
				<ol class="rows">
					{messageRows(items).map((row) => (
						<li key={row.key}>
							<article
								class="thread__row"
								// biome-ignore lint/a11y/noNoninteractiveTabindex: its keys and its toolbar need the focus
								tabIndex={0}
								aria-label={rowLabel(row)}
								onKeyDown={(event) => handleKey(event, row.item)}
							>
								<MessageView row={row} room={room} inThread />
							</article>
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
			{actions && <actions.MessageToolbars room={room} items={items} view={view} inThread />}
			{!room.readOnly.value && <Composer room={room} thread={thread} />}
		</div>
	);
}

function messageRows(items: readonly Item[]): MessageRow[] {
	return rowsOf(items, undefined, timeFormat.dayKey).filter((row) => row.kind === "message");
}

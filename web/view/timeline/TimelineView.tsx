import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { NewMarker, Room } from "../../model/room.ts";
import { Loaded } from "../loading/Loaded.tsx";
import { timeFormat } from "../message/Time.tsx";
import { emptyRoom } from "../parts.ts";
import { JumpButton } from "./JumpButton.tsx";
import { NewBar } from "./NewBar.tsx";
import { OlderMessages } from "./OlderMessages.tsx";
import { type OnMessageKey, RowList } from "./RowList.tsx";
import { keepReadingPosition } from "./reading-positions.ts";
import { Skeleton } from "./Skeleton.tsx";
import { ScrollKeeper } from "./scroll-keeper.ts";
import { rowsOf } from "./timeline-rows.ts";
import { useAnnouncements } from "./use-announcements.ts";
import { useEnterRoom } from "./use-enter-room.ts";
import { useHighlight } from "./use-highlight.ts";
import { useMarkRead } from "./use-mark-read.ts";
import { useNow } from "./use-now.ts";

type Props = {
	room: Room;
	userName: string;
	/** Keys on the message that has the focus, besides those that move it. */
	onKey?: OnMessageKey;
};

/** The messages of a room. */
export function TimelineView({ room, userName, onKey }: Props) {
	const view = useRef<HTMLDivElement>(null);
	const content = useRef<HTMLDivElement>(null);
	const list = useRef<HTMLDivElement>(null);
	const keeper = useRef<ScrollKeeper>(undefined);
	const following = useSignal(true);
	const olderProblem = useSignal("");
	const now = useNow();
	const rows = useComputed(() => rowsOf(room.items.value, room.newSince.value?.seq, timeFormat.dayKey));
	const hasMessages = useComputed(() => room.items.value.some((item) => item.kind === "message"));
	const entered = useRef<NewMarker | undefined>(undefined);
	const moved = useMarkRead(room, { view, rows: list, keeper, entered });
	useAnnouncements(room);
	useHighlight(room, { keeper, rows: list });

	async function loadOlder(): Promise<void> {
		const refusal = await room.loadOlder();
		olderProblem.value = refusal?.message ?? "";
	}

	useLayoutEffect(() => {
		const created = new ScrollKeeper(view.current!, content.current!, list.current!, {
			onFollowing(isFollowing) {
				following.value = isFollowing;
				room.setFollowing(isFollowing);
			},
			onMoved: moved,
			onNearStart() {
				// After a failure the user retries, so that scrolling does not repeat the request.
				if (room.hasOlder.peek() && olderProblem.peek() === "") void loadOlder();
			},
			onNearEnd() {
				if (room.hasNewer.peek()) void room.loadNewer();
			},
		});
		keeper.current = created;
		room.setFollowing(true);
		return () => {
			created.stop();
			keepReadingPosition(room, created.position);
		};
	}, [room]);
	const bar = useEnterRoom(room, { keeper, rows: list, view, entered });

	const newestMine = useComputed(() => room.items.value.findLast((item) => item.kind === "message" && item.mine)?.key);
	const lastMine = useRef(newestMine.peek());
	useEffect(() => {
		// Sending a message scrolls to it.
		const key = newestMine.value;
		const last = room.items.peek().at(-1);
		if (key !== lastMine.current && last?.key === key) keeper.current?.toEnd();
		lastMine.current = key;
	}, [newestMine.value]);

	async function toEnd(): Promise<void> {
		await room.jumpToNewest();
		keeper.current?.toEnd();
	}

	function leaveRows(): void {
		if (bar.value !== undefined) room.markRead();
		else document.getElementById("composer")?.focus();
	}

	const isLive = room.state.value.phase === "live";
	return (
		<>
			{bar.value !== undefined && <NewBar marker={bar.value} onJump={toEnd} onMarkRead={() => room.markRead()} />}
			<div
				class="timeline"
				ref={view}
				role="log"
				aria-label="Messages"
				// A log is live unless it says otherwise. The announcer reads its messages.
				aria-live="off"
				aria-busy={room.loading.value !== undefined}
			>
				<div class="timeline__content" ref={content}>
					<OlderMessages room={room} problem={olderProblem.value} onRetry={loadOlder} />
					{!hasMessages.value && !isLive && <Skeleton />}
					{!hasMessages.value && isLive && !room.hasOlder.value && (
						<Loaded part={emptyRoom}>{({ EmptyRoom }) => <EmptyRoom room={room} />}</Loaded>
					)}
					<RowList
						list={list}
						rows={rows.value}
						room={room}
						userName={userName}
						now={now.value}
						onChanged={() => keeper.current?.after()}
						onEscape={leaveRows}
						onKey={onKey}
					/>
				</div>
			</div>
			{!(following.value && !room.hasNewer.value) && <JumpButton room={room} onClick={toEnd} />}
		</>
	);
}

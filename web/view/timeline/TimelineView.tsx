import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Room } from "../../model/room.ts";
import { timeFormat } from "../message/Time.tsx";
import { EmptyRoom } from "./EmptyRoom.tsx";
import { JumpButton } from "./JumpButton.tsx";
import { OlderMessages } from "./OlderMessages.tsx";
import { RowList } from "./RowList.tsx";
import { ScrollKeeper } from "./scroll-keeper.ts";
import { rowsOf } from "./timeline-rows.ts";
import { useLive } from "./use-live.ts";
import { useMarkRead } from "./use-mark-read.ts";
import { useNow } from "./use-now.ts";

/** The messages of a room. */
export function TimelineView({ room, userName }: { room: Room; userName: string }) {
	const view = useRef<HTMLDivElement>(null);
	const content = useRef<HTMLDivElement>(null);
	const keeper = useRef<ScrollKeeper>(undefined);
	const following = useSignal(true);
	const olderProblem = useSignal("");
	const live = useLive(room);
	const now = useNow();
	const rows = useComputed(() => rowsOf(room.items.value, room.newSince.value, timeFormat.dayKey));
	const isEmpty = useComputed(
		() =>
			room.state.value.phase === "live" &&
			!room.hasOlder.value &&
			!room.items.value.some((item) => item.kind === "message"),
	);
	useMarkRead(room, following);

	async function loadOlder(): Promise<void> {
		const refusal = await room.loadOlder();
		olderProblem.value = refusal?.message ?? "";
	}

	useLayoutEffect(() => {
		const created = new ScrollKeeper(view.current!, content.current!, {
			onFollowing(isFollowing) {
				following.value = isFollowing;
				room.setFollowing(isFollowing);
			},
			onNearStart() {
				// After a failure the user retries, so that scrolling does not repeat the request.
				if (room.hasOlder.peek() && olderProblem.peek() === "") void loadOlder();
			},
			onNearEnd() {
				if (room.hasNewer.peek()) void room.loadNewer();
			},
		});
		keeper.current = created;
		return () => {
			created.stop();
			room.setFollowing(true);
		};
	}, [room]);

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

	return (
		<>
			<div
				class="timeline"
				ref={view}
				role="log"
				aria-label="Messages"
				aria-live={live.value ? "polite" : "off"}
				aria-busy={room.loading.value !== undefined}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keyboard
				tabIndex={0}
			>
				<div class="timeline__content" ref={content}>
					<OlderMessages room={room} problem={olderProblem.value} onRetry={loadOlder} />
					{isEmpty.value && <EmptyRoom room={room} />}
					<RowList rows={rows.value} room={room} userName={userName} now={now.value} keeper={keeper} />
				</div>
			</div>
			{!(following.value && !room.hasNewer.value) && <JumpButton room={room} onClick={toEnd} />}
		</>
	);
}

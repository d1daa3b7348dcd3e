import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Room } from "../../model/room.ts";
import { EmptyRoom } from "./EmptyRoom.tsx";
import { OlderLine } from "./OlderLine.tsx";
import { RowList } from "./RowList.tsx";
import { rowsOf } from "./rows.ts";
import { ScrollKeeper } from "./scroll-keeper.ts";
import { times } from "./Time.tsx";
import { ToEndButton } from "./ToEndButton.tsx";
import { useLive } from "./use-live.ts";
import { useMarkRead } from "./use-mark-read.ts";
import { useNow } from "./use-now.ts";

/** What was said in a room. */
export function Timeline({ room, userName }: { room: Room; userName: string }) {
	const view = useRef<HTMLDivElement>(null);
	const content = useRef<HTMLDivElement>(null);
	const keeper = useRef<ScrollKeeper>(undefined);
	const following = useSignal(true);
	const olderProblem = useSignal("");
	const live = useLive(room);
	const now = useNow();
	const rows = useComputed(() => rowsOf(room.items.value, room.newSince.value, times.dayKey));
	const silent = useComputed(
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
		const made = new ScrollKeeper(view.current!, content.current!, {
			onFollowing(isFollowing) {
				following.value = isFollowing;
				room.setFollowing(isFollowing);
			},
			onNearStart() {
				// After a failure the reader asks: a server in need is not asked by every pixel of a scroll.
				if (room.hasOlder.peek() && olderProblem.peek() === "") void loadOlder();
			},
			onNearEnd() {
				if (room.hasNewer.peek()) void room.loadNewer();
			},
		});
		keeper.current = made;
		return () => {
			made.stop();
			room.setFollowing(true);
		};
	}, [room]);

	const newestMine = useComputed(() => room.items.value.findLast((item) => item.kind === "message" && item.mine)?.key);
	const lastMine = useRef(newestMine.peek());
	useEffect(() => {
		// Whoever writes wants to see it, wherever they were reading.
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
				// biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has only a keyboard scrolls it
				tabIndex={0}
			>
				<div class="timeline__content" ref={content}>
					<OlderLine room={room} problem={olderProblem.value} onRetry={loadOlder} />
					{silent.value && <EmptyRoom room={room.name} />}
					<RowList rows={rows.value} room={room} userName={userName} now={now.value} keeper={keeper} />
				</div>
			</div>
			{!(following.value && !room.hasNewer.value) && <ToEndButton room={room} onClick={toEnd} />}
		</>
	);
}

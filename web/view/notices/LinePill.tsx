import type { Chat } from "../../model/chat.ts";
import { Icon } from "../Icon.tsx";

/** Says that the line is away, once it has been for a while. It lies over the timeline, so nothing moves. */
export function LinePill({ line }: { line: Chat["line"] }) {
	const refusal = line.status.value === "refused" ? line.refusal.value : undefined;
	const sentence =
		refusal?.message ?? (line.reconnecting.value ? "You're offline. Messages will send when you reconnect." : "");
	return (
		<div class="line" role="status">
			{sentence !== "" && (
				<p class={refusal === undefined ? "line__pill" : "line__pill line__pill--refused"}>
					{refusal === undefined ? <span class="line__dot" /> : <Icon name="alert" size={18} />}
					<span>{sentence}</span>
					<button class="text-button" type="button" onClick={() => line.retry()}>
						Try now
					</button>
				</p>
			)}
		</div>
	);
}

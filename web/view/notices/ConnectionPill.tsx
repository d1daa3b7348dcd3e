import type { ChatModel } from "../../model/chat-model.ts";
import { Icon } from "../controls/Icon.tsx";

/** Shows that the connection is missing or refused. It covers the timeline, so that nothing moves. */
export function ConnectionPill({ connection }: { connection: ChatModel["connection"] }) {
	const refusal = connection.status.value === "refused" ? connection.refusal.value : undefined;
	const sentence =
		refusal?.message ?? (connection.reconnecting.value ? "You're offline. Messages will send when you reconnect." : "");
	return (
		<div class="connection-pill" role="status">
			{sentence !== "" && (
				<p
					class={
						refusal === undefined ? "connection-pill__text" : "connection-pill__text connection-pill__text--refused"
					}
				>
					{refusal === undefined ? <span class="connection-pill__dot" /> : <Icon name="alert" size={18} />}
					<span>{sentence}</span>
					<button class="text-button" type="button" onClick={() => connection.retry()}>
						Try now
					</button>
				</p>
			)}
		</div>
	);
}

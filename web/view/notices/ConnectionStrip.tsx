import type { ChatModel } from "../../model/chat-model.ts";
import { Icon } from "../controls/Icon.tsx";

/** Shows under the header that the connection is missing or refused. */
export function ConnectionStrip({ connection }: { connection: ChatModel["connection"] }) {
	const refusal = connection.status.value === "refused" ? connection.refusal.value : undefined;
	const sentence =
		refusal?.message ?? (connection.reconnecting.value ? "You're offline. Messages will send when you reconnect." : "");
	return (
		// Screen readers ignore a live region that is added together with its text.
		<div role="status">
			{sentence !== "" && (
				<p class={refusal === undefined ? "connection" : "connection connection--refused"}>
					{refusal === undefined ? <span class="connection__dot" /> : <Icon name="alert" size={18} />}
					<span>{sentence}</span>
					<button class="text-button" type="button" onClick={() => connection.retry()}>
						Try now
					</button>
				</p>
			)}
		</div>
	);
}

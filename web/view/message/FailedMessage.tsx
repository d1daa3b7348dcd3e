import type { Refusal } from "../../../app/protocol/refusal.ts";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";

type Props = { room: Room; clientId: string; refusal: Refusal | undefined };

/** The reason why a message was not sent, with buttons to retry and delete it. The announcer reads it. */
export function FailedMessage({ room, clientId, refusal }: Props) {
	return (
		<div class="failed">
			<p class="failed__reason">Not sent. {refusal?.message}</p>
			<button class="button button--quiet failed__act" type="button" onClick={() => room.retry(clientId)}>
				<Icon name="retry" size={16} />
				Retry
			</button>
			<button
				class="button button--plain button--danger failed__act"
				type="button"
				onClick={() => room.discard(clientId)}
			>
				Delete
			</button>
		</div>
	);
}

import type { Refusal } from "../../../app/protocol/refusal.ts";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";

type Props = { room: Room; clientId: string; refusal: Refusal | undefined };

/** The reason why a message was not sent, with buttons to retry and discard it. */
export function FailedMessage({ room, clientId, refusal }: Props) {
	return (
		<div class="failed">
			<p class="failed__reason" role="alert">
				Not sent. {refusal?.message}
			</p>
			<button class="button button--quiet failed__act" type="button" onClick={() => room.retry(clientId)}>
				<Icon name="retry" size={16} />
				Try again
			</button>
			<button
				class="button button--plain button--danger failed__act"
				type="button"
				onClick={() => room.discard(clientId)}
			>
				Discard
			</button>
		</div>
	);
}

import type { Refusal } from "../../../app/protocol/refusal.ts";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";

type Props = {
	room: Room;
	clientId: string;
	refusal: Refusal | undefined;
	/** What was not done with the message. Default: it was not sent. */
	sentence?: string;
	/** Opens the text that was not saved. */
	onEdit?: (() => void) | undefined;
};

/** The reason why a message was not sent or changed, with buttons to retry and delete it. The announcer reads it. */
export function FailedMessage({ room, clientId, refusal, sentence, onEdit }: Props) {
	return (
		<div class="failed">
			<p class="failed__reason">
				{sentence ?? "Not sent."} {refusal?.message}
			</p>
			<button class="button button--quiet failed__act" type="button" onClick={() => room.retry(clientId)}>
				<Icon name="retry" size={16} />
				Retry
			</button>
			{onEdit !== undefined && (
				<button class="button button--quiet failed__act" type="button" onClick={onEdit}>
					Edit
				</button>
			)}
			<button
				class="button button--plain button--danger failed__act"
				type="button"
				onClick={() => room.discard(clientId)}
			>
				{sentence === undefined ? "Delete" : "Discard"}
			</button>
		</div>
	);
}

import type { Room } from "../../model/room.ts";

type Props = {
	room: Room;
	/** Why older messages could not be loaded. */
	problem: string;
	onRetry: () => void;
};

/** Shows above the first message that older ones are loading or failed to load. Its height is fixed. */
export function OlderMessages({ room, problem, onRetry }: Props) {
	return (
		<div class="older">
			{problem !== "" ? (
				<p role="alert">
					{problem}{" "}
					<button class="text-button" type="button" onClick={onRetry}>
						Try again
					</button>
				</p>
			) : (
				room.hasOlder.value && <span class="older__dots" aria-hidden="true" />
			)}
		</div>
	);
}

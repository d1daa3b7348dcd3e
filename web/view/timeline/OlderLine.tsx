import type { Room } from "../../model/room.ts";

type Props = {
	room: Room;
	/** Why the page above could not be had. */
	problem: string;
	onRetry: () => void;
};

/** What stands above the first message: that more is coming, why it is not, or nothing. Its height never changes. */
export function OlderLine({ room, problem, onRetry }: Props) {
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

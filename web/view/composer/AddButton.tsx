import { useSignal } from "@preact/signals";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";
import { Loaded } from "../loading/Loaded.tsx";
import { completionList } from "../parts.ts";

type Props = { room: Room; disabled: boolean; onLocation: () => void };

/** Opens the menu of what can be added to a message. */
export function AddButton({ room, disabled, onLocation }: Props) {
	const isOpen = useSignal(false);
	return (
		<div class="composer__add">
			<button
				class="icon-button"
				type="button"
				disabled={disabled}
				aria-haspopup="menu"
				aria-expanded={isOpen.value}
				aria-label="Add to the message"
				title="Add"
				onClick={() => {
					isOpen.value = !isOpen.peek();
				}}
			>
				<Icon name="plus" />
			</button>
			{isOpen.value && (
				<Loaded part={completionList}>
					{({ AddMenu }) => (
						<AddMenu
							room={room}
							onLocation={onLocation}
							onClose={() => {
								isOpen.value = false;
							}}
						/>
					)}
				</Loaded>
			)}
		</div>
	);
}

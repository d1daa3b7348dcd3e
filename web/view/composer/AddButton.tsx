import { useSignal } from "@preact/signals";
import { Icon } from "../controls/Icon.tsx";
import { Loaded } from "../loading/Loaded.tsx";
import { addMenu } from "../parts.ts";

/** Opens the menu of what can be added to a message. */
export function AddButton({ disabled, onLocation }: { disabled: boolean; onLocation: () => void }) {
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
				<Loaded part={addMenu}>
					{({ AddMenu }) => (
						<AddMenu
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

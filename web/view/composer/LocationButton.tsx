import type { Signal } from "@preact/signals";
import type { Room } from "../../model/room.ts";
import { Icon } from "../controls/Icon.tsx";

type Props = {
	room: Room;
	/** Set to the sentence to show after a refusal. */
	problem: Signal<string>;
	disabled: boolean;
};

/** Shares the position of the device. Only a click requests the permission. */
export function LocationButton({ room, problem, disabled }: Props) {
	const locating = room.locating.value;

	async function share(): Promise<void> {
		if (room.locating.peek()) return;
		problem.value = "";
		const refusal = await room.shareLocation();
		problem.value = refusal?.message ?? "";
	}

	const label = locating ? "Finding your location…" : "Share my location";
	return (
		<button
			class={locating ? "icon-button icon-button--busy" : "icon-button"}
			type="button"
			onClick={share}
			disabled={disabled}
			aria-disabled={locating}
			aria-label={label}
			title={label}
		>
			<Icon name="pin" />
		</button>
	);
}

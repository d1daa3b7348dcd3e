import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Location } from "../../../app/protocol/message.ts";
import { createLocate } from "../../model/location.ts";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Icon } from "../controls/Icon.tsx";
import { describePosition } from "../message/location-link.ts";
import { type Precision, withPrecision } from "./precision.ts";

type Props = {
	/** Set to the location to send, once it is known. */
	location: Signal<Location | undefined>;
	onRemove: () => void;
};

const locate = createLocate(navigator.geolocation);

/** Requests the position, and shows what is going to be sent. */
export function LocationPreview({ location, onRemove }: Props) {
	const found = useSignal<Location | undefined>(undefined);
	const precision = useSignal<Precision>("about");
	const problem = useSignal("");

	useEffect(() => {
		let isShown = true;
		void locate().then((result) => {
			if (!isShown) return;
			if (result.ok) found.value = result.data;
			else problem.value = result.error.message;
			choose(precision.peek());
		});
		return () => {
			isShown = false;
			location.value = undefined;
		};
	}, []);

	function choose(chosen: Precision): void {
		precision.value = chosen;
		if (found.peek() !== undefined) location.value = withPrecision(found.peek()!, chosen);
	}

	if (problem.value !== "") {
		return (
			<p class="preview preview--problem" role="alert">
				<span class="preview__text">{problem.value}</span>
				<CloseButton label="Dismiss" size={16} onClick={onRemove} />
			</p>
		);
	}
	return (
		<div class="preview">
			<Icon name="pin" />
			<p class="preview__text" role="status">
				{location.value === undefined ? "Finding your location…" : describePosition(location.value)}
			</p>
			{found.value !== undefined && (
				<select
					class="preview__select"
					aria-label="Precision"
					value={precision.value}
					onChange={(event) => choose(event.currentTarget.value as Precision)}
				>
					<option value="about">About 1 km</option>
					<option value="exact">Exact</option>
				</select>
			)}
			<CloseButton label="Remove the location" size={16} onClick={onRemove} />
		</div>
	);
}

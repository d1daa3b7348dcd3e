import { useSignal } from "@preact/signals";
import type { Room } from "../../model/room.ts";
import { serverNow } from "../../model/server-clock.ts";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Drawer } from "../controls/Drawer.tsx";
import { timeFormat } from "../message/Time.tsx";
import { startOfDay } from "./start-of-day.ts";

/** Shows the first message of a day, or the next one after it. */
export function DateDialog({ room, onClose }: { room: Room; onClose: () => void }) {
	const today = timeFormat.dayKey(serverNow());
	const day = useSignal(today);
	const problem = useSignal("");

	async function jump(): Promise<void> {
		const at = startOfDay(day.peek());
		if (at === undefined) {
			problem.value = "Enter a date.";
			return;
		}
		const refusal = await room.jumpToTime(at);
		if (refusal === undefined) onClose();
		else problem.value = refusal.message;
	}

	return (
		<Drawer from="middle" label="Jump to a date" onClose={onClose}>
			<div class="dialog__head">
				<h2 class="dialog__title">Jump to a date</h2>
				<CloseButton onClick={onClose} />
			</div>
			<form
				class="date-form"
				onSubmit={(event) => {
					event.preventDefault();
					void jump();
				}}
			>
				<input
					class="date-form__day"
					type="date"
					aria-label="Date"
					aria-describedby="date-problem"
					data-first-focus
					max={today}
					value={day.value}
					onInput={(event) => {
						day.value = event.currentTarget.value;
						problem.value = "";
					}}
				/>
				<button class="button button--primary" type="submit">
					Jump
				</button>
				<p id="date-problem" class="date-form__problem" role="alert">
					{problem.value}
				</p>
			</form>
		</Drawer>
	);
}

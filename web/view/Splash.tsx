import type { ReadonlySignal } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { Mark } from "./Mark.tsx";

/** While the server has not said yet who this is. Says something only where that takes long. */
export function Splash({ problem }: { problem: ReadonlySignal<Refusal | undefined> }) {
	return (
		<main class="splash">
			<h1 class="aloud">Hubbub</h1>
			<Mark class="splash__mark" />
			<p class="splash__problem" role="status">
				{problem.value?.message ?? <span class="aloud">Loading Hubbub</span>}
			</p>
		</main>
	);
}

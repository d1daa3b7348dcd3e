import type { ReadonlySignal } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { Logo } from "./controls/Logo.tsx";

/** Shown while the session is restored. */
export function Splash({ problem, onRetry }: { problem: ReadonlySignal<Refusal | undefined>; onRetry: () => void }) {
	return (
		<main class="splash">
			<h1 class="visually-hidden">Hubbub</h1>
			<Logo class="splash__mark" />
			<p class="splash__problem" role="status">
				{problem.value?.message ?? <span class="visually-hidden">Loading Hubbub</span>}
			</p>
			{problem.value !== undefined && (
				<button class="text-button" type="button" onClick={onRetry}>
					Try again
				</button>
			)}
		</main>
	);
}

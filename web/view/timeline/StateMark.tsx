import type { PendingState } from "../../model/pending.ts";
import { Icon, type IconName } from "../Icon.tsx";

const LOOKS: Record<PendingState, { icon: IconName; label: string }> = {
	queued: { icon: "clock", label: "Waiting for a connection" },
	sending: { icon: "send", label: "Sending" },
	stored: { icon: "check", label: "Sent" },
	failed: { icon: "alert", label: "Not sent" },
};

/** How far a message of one's own has come. It always takes the same room, so that nothing moves when it changes. */
export function StateMark({ state }: { state: PendingState }) {
	const { icon, label } = LOOKS[state];
	return (
		<span class={`state state--${state}`} title={label}>
			<Icon name={icon} size={14} />
			<span class="aloud">{label}</span>
		</span>
	);
}

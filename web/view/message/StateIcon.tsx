import type { PendingState } from "../../model/pending.ts";
import { Icon, type IconName } from "../controls/Icon.tsx";

const ICONS: Record<PendingState, { icon: IconName; label: string }> = {
	queued: { icon: "clock", label: "Waiting for a connection" },
	sending: { icon: "send", label: "Sending" },
	stored: { icon: "check", label: "Sent" },
	failed: { icon: "alert", label: "Not sent" },
};

/** The state of an own message. Its width is fixed, so that nothing moves. */
export function StateIcon({ state }: { state: PendingState }) {
	const { icon, label } = ICONS[state];
	return (
		<span class={`state state--${state}`} title={label}>
			<Icon name={icon} size={14} />
			<span class="visually-hidden">{label}</span>
		</span>
	);
}

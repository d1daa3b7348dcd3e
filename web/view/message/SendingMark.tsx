import { Icon } from "../controls/Icon.tsx";

const LABELS = { queued: "Waiting for a connection", sending: "Sending" };

/** Shows that an own message is not stored yet. It appears after a second: most messages are stored by then. */
export function SendingMark({ state }: { state: keyof typeof LABELS }) {
	return (
		<span class="sending" title={LABELS[state]}>
			<Icon name="clock" size={12} />
			<span class="visually-hidden">{LABELS[state]}</span>
		</span>
	);
}

import type { ComponentChildren, VNode } from "preact";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Icon, type IconName } from "../controls/Icon.tsx";

type Props = {
	icon: IconName | VNode;
	/** Whether it reports a problem. */
	alarming?: boolean;
	/** Shows a button that dismisses it. */
	onDismiss?: () => void;
	children: ComponentChildren;
};

export function NoticeStrip({ icon, alarming = false, onDismiss, children }: Props) {
	return (
		<div class={alarming ? "notice notice--alarming" : "notice"} role={alarming ? "alert" : "status"}>
			{typeof icon === "string" ? <Icon name={icon} /> : icon}
			<p class="notice__text">{children}</p>
			{onDismiss !== undefined && <CloseButton label="Dismiss" size={18} onClick={onDismiss} />}
		</div>
	);
}

import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../Icon.tsx";

type Props = {
	icon: IconName;
	/** Whether something went wrong. */
	alarming?: boolean;
	/** Where it can be put away. */
	onDismiss?: () => void;
	children: ComponentChildren;
};

export function NoticeStrip({ icon, alarming = false, onDismiss, children }: Props) {
	return (
		<div class={alarming ? "notice notice--alarming" : "notice"} role={alarming ? "alert" : "status"}>
			<Icon name={icon} />
			<p class="notice__text">{children}</p>
			{onDismiss !== undefined && (
				<button class="icon-button" type="button" onClick={onDismiss} aria-label="Dismiss" title="Dismiss">
					<Icon name="close" size={18} />
				</button>
			)}
		</div>
	);
}

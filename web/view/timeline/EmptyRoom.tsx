import { Icon } from "../controls/Icon.tsx";
import { CopyLinkButton } from "../rooms/CopyLinkButton.tsx";

export function EmptyRoom({ room }: { room: string }) {
	return (
		<div class="empty">
			<span class="empty__picture">
				<Icon name="wave" size={40} />
			</span>
			<p class="empty__title">No messages yet</p>
			<p class="empty__hint">Say hello, or share the link to invite people.</p>
			<CopyLinkButton room={room} wide />
		</div>
	);
}

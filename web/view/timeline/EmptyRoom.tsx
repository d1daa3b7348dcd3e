import { CopyLinkButton } from "../CopyLinkButton.tsx";
import { Icon } from "../Icon.tsx";

/** A room in which nothing was said yet. */
export function EmptyRoom({ room }: { room: string }) {
	return (
		<div class="empty">
			<span class="empty__picture">
				<Icon name="wave" size={40} />
			</span>
			<p class="empty__title">Nothing said yet</p>
			<p class="empty__hint">Write the first message, or send the room’s link to the people you want here.</p>
			<CopyLinkButton room={room} wide />
		</div>
	);
}

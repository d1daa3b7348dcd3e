import { useSignal } from "@preact/signals";
import type { RoomMember } from "../../../app/protocol/private-room.ts";
import { Icon } from "../controls/Icon.tsx";
import { Menu, type MenuItem } from "../controls/Menu.tsx";
import { Avatar } from "../people/Avatar.tsx";

type Props = {
	member: RoomMember;
	isMe: boolean;
	/** What can be done with the member. */
	items: MenuItem[];
};

/** A member of a private or direct room. */
export function MemberRow({ member: { user, role }, isMe, items }: Props) {
	const isOpen = useSignal(false);
	return (
		<li class="person">
			<Avatar user={user} />
			<bdi class="person__name" title={user.name}>
				{user.name}
			</bdi>
			{(isMe || role === "owner") && (
				<span class="person__you">{[isMe && "you", role === "owner" && "owner"].filter(Boolean).join(", ")}</span>
			)}
			{items.length > 0 && (
				<div class="person__more">
					<button
						class="icon-button"
						type="button"
						aria-haspopup="menu"
						aria-expanded={isOpen.value}
						aria-label={`More about ${user.name}`}
						title="More"
						onClick={() => {
							isOpen.value = !isOpen.peek();
						}}
					>
						<Icon name="more" />
					</button>
					{isOpen.value && (
						<Menu
							label={`More about ${user.name}`}
							class="menu--header"
							items={items}
							onClose={() => {
								isOpen.value = false;
							}}
						/>
					)}
				</div>
			)}
		</li>
	);
}

import { Menu, type MenuItem } from "../controls/Menu.tsx";

type Props = { onLocation: () => void; onClose: () => void };

/** What can be added to a message. */
export function AddMenu({ onLocation, onClose }: Props) {
	const items: MenuItem[] = [{ icon: "pin", label: "Share my location", onChoose: onLocation }];
	return <Menu label="Add to the message" items={items} onClose={onClose} />;
}

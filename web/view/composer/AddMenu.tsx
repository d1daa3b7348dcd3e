import type { Room } from "../../model/room.ts";
import { Drawing } from "../controls/Icon.tsx";
import { Menu, type MenuItem } from "../controls/Menu.tsx";
import { composeStateOf } from "./compose-state.ts";
import { pickFiles } from "./pick-files.ts";

const CLIP =
	"M19 11.5l-7.2 7.2a4.6 4.6 0 0 1-6.5-6.5l7.6-7.6a3.1 3.1 0 0 1 4.4 4.4l-7.5 7.5a1.5 1.5 0 0 1-2.2-2.2l6.8-6.8";

type Props = { room: Room; onLocation: () => void; onClose: () => void };

/** What can be added to a message. */
export function AddMenu({ room, onLocation, onClose }: Props) {
	const items: MenuItem[] = [
		{ icon: <Drawing path={CLIP} />, label: "Photo or file", onChoose: () => pickFiles(composeStateOf(room)) },
		{ icon: "pin", label: "Share my location", onChoose: onLocation },
	];
	return <Menu label="Add to the message" items={items} onClose={onClose} />;
}

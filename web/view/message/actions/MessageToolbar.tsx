import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { MessageItem } from "../../../model/item.ts";
import type { Room } from "../../../model/room.ts";
import { Icon } from "../../controls/Icon.tsx";
import { Menu } from "../../controls/Menu.tsx";
import { onTouch } from "../../media.ts";
import { ActionIcon } from "./ActionIcon.tsx";
import { type Action, actionsOf } from "./action-list.ts";
import { isMine, QUICK_REACTIONS, toggleReaction } from "./commands.ts";
import { actionOverlay } from "./overlay.ts";

type Props = {
	item: MessageItem;
	room: Room;
	inThread: boolean;
	/** Whether the Tab key leads to it: the message has the focus. */
	isTabStop: boolean;
	/** Gives the focus back to the message. */
	onLeave: () => void;
};

/** These have buttons of their own. */
const IN_TOOLBAR = ["react", "reply"];
/** The menu opens above the button if less space than this is below it, in CSS pixels. */
const MENU_PX = 340;

/** The buttons over a message: one tab stop, in which the arrow keys move. On touch there is one, which opens the sheet. */
export function MessageToolbar({ item, room, inThread, isTabStop, onLeave }: Props) {
	const bar = useRef<HTMLDivElement>(null);
	const current = useSignal(0);
	const menu = useSignal<"above" | "below" | undefined>(undefined);
	const actions = actionsOf(room, item, inThread);
	const isSheet = onTouch.value;
	const canReact = !isSheet && item.state !== "failed";
	const quick = canReact ? QUICK_REACTIONS : [];
	const buttons = isSheet ? [] : actions.filter(({ id }) => IN_TOOLBAR.includes(id));
	const count = quick.length + buttons.length + 1;

	function handleKey(event: KeyboardEvent): void {
		if (menu.peek() !== undefined || event.defaultPrevented) {
			// A key in the menu is none of the rows'.
			event.stopPropagation();
			return;
		}
		const at = Math.min(current.peek(), count - 1);
		const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1 + count, Home: 0, End: count - 1 };
		const step = steps[event.key];
		if (step !== undefined) {
			current.value = step % count;
			bar.current?.querySelectorAll<HTMLElement>(":scope > button")[step % count]?.focus();
		} else if (event.key === "Escape") onLeave();
		else return;
		event.preventDefault();
		event.stopPropagation();
	}

	function openMore(event: MouseEvent): void {
		if (isSheet) {
			actionOverlay.value = { kind: "sheet", item, inThread };
			return;
		}
		const { bottom } = (event.currentTarget as HTMLElement).getBoundingClientRect();
		menu.value = menu.peek() !== undefined ? undefined : innerHeight - bottom < MENU_PX ? "above" : "below";
	}

	/** The attributes of a button. One of them is in the order of the Tab key. */
	const button = (index: number, label: string) => ({
		type: "button" as const,
		class: "message-bar__button",
		tabIndex: isTabStop && index === Math.min(current.value, count - 1) ? 0 : -1,
		"aria-label": label,
		title: label,
		onFocus: () => {
			current.value = index;
		},
	});
	return (
		<div
			ref={bar}
			class="message-bar"
			role="toolbar"
			aria-label="Actions for this message"
			onKeyDown={handleKey}
			onMouseDown={(event) => event.preventDefault()}
		>
			{quick.map(({ emoji, label }, index) => (
				<button
					key={emoji}
					{...button(index, label)}
					aria-pressed={isMine(item, emoji)}
					onClick={() => toggleReaction(room, item, emoji)}
				>
					<span class="message-bar__emoji">{emoji}</span>
				</button>
			))}
			{buttons.map(({ id, label, icon, run }, index) => (
				<button key={id} {...button(quick.length + index, label)} onClick={run}>
					<ActionIcon name={icon} size={18} />
				</button>
			))}
			<button
				{...button(count - 1, "More")}
				aria-haspopup={isSheet ? "dialog" : "menu"}
				aria-expanded={isSheet ? undefined : menu.value !== undefined}
				onClick={openMore}
			>
				<Icon name="more" size={isSheet ? 22 : 18} />
			</button>
			{menu.value !== undefined && (
				<Menu
					label="More actions"
					class={`menu--${menu.value}`}
					items={actions.filter(({ id }) => !IN_TOOLBAR.includes(id)).map(menuItem)}
					onClose={() => {
						menu.value = undefined;
					}}
				/>
			)}
		</div>
	);
}

function menuItem({ id, label, icon, run }: Action) {
	return { icon: <ActionIcon name={icon} />, label, isDanger: id === "delete", onChoose: run };
}

import { CloseButton } from "../../controls/CloseButton.tsx";
import { Drawer } from "../../controls/Drawer.tsx";

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.platform);
const CONTROL = IS_APPLE ? "⌘" : "Ctrl";

const GROUPS: { title: string; keys: [keys: string[], does: string][] }[] = [
	{
		title: "While a message has the focus",
		keys: [
			[["↑", "↓"], "Previous or next message"],
			[["Home", "End"], "First or last message"],
			[["+"], "Add a reaction"],
			[["R"], "Reply"],
			[["E"], "Edit your message"],
			[["C"], "Copy the text"],
			[["U"], "Mark as unread from here"],
			[["Delete"], "Delete your message"],
			[["Tab"], "To its links and actions"],
		],
	},
	{
		title: "In the message box",
		keys: [
			[["Enter"], "Send"],
			[["Shift+Enter"], "New line"],
			[["↑"], "Edit your last message, while the box is empty"],
			[["Esc"], "Cancel a reply or an edit"],
		],
	},
	{
		title: "Everywhere",
		keys: [
			[[`${CONTROL}+K`], "Search, and go to a room or a person"],
			[["Esc"], "Close what is open"],
			[[`${CONTROL}+/`], "Show these keys"],
		],
	},
];

/** The keys of the page. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
	return (
		<Drawer from="middle" label="Keyboard shortcuts" onClose={onClose}>
			<div class="dialog__head">
				<h2 class="dialog__title">Keyboard shortcuts</h2>
				<CloseButton onClick={onClose} />
			</div>
			<div class="keys">
				{GROUPS.map(({ title, keys }) => (
					<section key={title}>
						<h3 class="keys__title">{title}</h3>
						<dl class="keys__list">
							{keys.map(([names, does]) => (
								<div key={does} class="keys__row">
									<dt>
										{names.map((name) => (
											<kbd key={name}>{name}</kbd>
										))}
									</dt>
									<dd>{does}</dd>
								</div>
							))}
						</dl>
					</section>
				))}
			</div>
		</Drawer>
	);
}

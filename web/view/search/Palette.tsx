import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { MAX_SEARCH_CHARS } from "../../../app/protocol/limits.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import type { SearchState } from "../../model/message-search.ts";
import type { Overlay } from "../ChatPage.tsx";
import { announce } from "../controls/Announcer.tsx";
import { Drawer } from "../controls/Drawer.tsx";
import { Icon } from "../controls/Icon.tsx";
import { isComposing } from "../controls/is-composing.ts";
import { panelBeside } from "../media.ts";
import { actionOverlay } from "../message/actions/overlay.ts";
import type { PanelChoice, PanelName } from "../panel/panel-choice.ts";
import { HitRow } from "./HitRow.tsx";
import { jumpToHit } from "./jump-to-hit.ts";
import { matchingItems, PALETTE_GROUPS, type PaletteItem } from "./palette-items.ts";
import { newSearch, searchOf } from "./search-of.ts";

type Props = { chat: ChatModel; panel: PanelChoice; show: (overlay: Overlay) => () => void };

/** Time after the last key until messages are searched. */
const TYPING_MS = 250;
const MAX_HITS = 5;

/** Goes to a room or a message, finds a person, or runs a command, by a few letters: a combobox. */
export function Palette({ chat, panel, show }: Props) {
	const text = useSignal("");
	const active = useSignal(0);
	const search = useRef(newSearch(chat)).current;
	const list = useRef<HTMLDivElement>(null);
	const id = useId();
	const close = show(undefined);

	useEffect(() => {
		const timer = setTimeout(() => void search.search(text.value), TYPING_MS);
		return () => clearTimeout(timer);
	}, [text.value]);

	function openPanel(name: PanelName): void {
		close();
		if (panelBeside.peek()) panel.set(name);
		else show({ panel: name })();
	}
	function searchAll(): void {
		void searchOf(chat).search(text.peek());
		openPanel("search");
	}
	function type(value: string): void {
		text.value = value;
		active.value = 0;
	}

	const items = useComputed(() => {
		const room = chat.rooms.current.value;
		const go = (name: string) => () => {
			close();
			chat.rooms.switchTo(name);
		};
		const command = (label: string, run: () => void): PaletteItem => ({ key: label, group: "Commands", label, run });
		const isAnyText = text.value.trim() !== "";
		const found = isAnyText && search.text.value === text.value ? search.hits.value.slice(0, MAX_HITS) : [];
		return [
			...matchingItems(
				[
					...chat.rooms.joined.value
						.filter((other) => other !== room)
						.map(
							({ name, title, info }): PaletteItem => ({
								key: `#${name}`,
								group: "Rooms",
								icon: info.value?.kind ?? "hash",
								label: title.value,
								run: go(name),
							}),
						),
					...(room?.presence.value?.members ?? []).map(
						({ id, name }): PaletteItem => ({
							key: id,
							group: "People",
							label: name,
							detail: "their messages",
							run: () => type(`from:"${name}" `),
						}),
					),
					...(room
						? [
								command("People in this room", () => openPanel("people")),
								command("Pinned messages", () => openPanel("pins")),
							]
						: []),
					command("Add a room", show("picker")),
					command("Settings", show("settings")),
					command("Keyboard shortcuts", () => {
						close();
						actionOverlay.value = { kind: "keys" };
					}),
				],
				text.value,
			),
			...(isAnyText && room
				? [
						{
							key: "all",
							group: "Messages" as const,
							label: `All messages with “${text.value.trim()}”`,
							run: searchAll,
						},
					]
				: []),
			...found.map((hit) => ({
				key: `${hit.room}/${hit.message.seq}`,
				group: "Messages" as const,
				label: "",
				hit,
				run: async () => {
					close();
					const refusal = await jumpToHit(chat, hit);
					if (refusal) announce(refusal.message);
				},
			})),
		];
	});

	const shown = items.value;
	const index = Math.min(active.value, shown.length - 1);
	useLayoutEffect(() => {
		list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
	}, [index, shown]);

	function handleKey(event: KeyboardEvent): void {
		if (isComposing(event)) return;
		const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
		if (step !== 0) active.value = (index + step + shown.length) % Math.max(1, shown.length);
		else if (event.key === "Enter") shown[index]?.run();
		else return;
		event.preventDefault();
	}

	const { phase } = search.state.value;
	const isWaiting = text.value.trim() !== "" && (search.text.value !== text.value || phase === "searching");
	return (
		<Drawer from="middle" label="Search and go to" onClose={close}>
			<div class="palette__field">
				<Icon name="search" />
				<input
					class="palette__input"
					data-first-focus
					role="combobox"
					aria-label="Search"
					aria-expanded={shown.length > 0}
					aria-controls={id}
					aria-autocomplete="list"
					aria-activedescendant={index >= 0 ? `${id}-${index}` : undefined}
					placeholder="Rooms, people, commands, messages"
					autoComplete="off"
					spellcheck={false}
					maxLength={MAX_SEARCH_CHARS}
					value={text.value}
					onInput={(event) => type(event.currentTarget.value)}
					onKeyDown={handleKey}
				/>
			</div>
			<div ref={list} id={id} class="palette__list" role="listbox" aria-label="Results">
				{PALETTE_GROUPS.map((group) => {
					const own = shown.map((item, at) => ({ item, at })).filter(({ item }) => item.group === group);
					if (own.length === 0) return null;
					return (
						// biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox
						<div key={group} role="group" aria-label={group}>
							<p class="palette__group" aria-hidden="true">
								{group}
							</p>
							{own.map(({ item, at }) => (
								// biome-ignore lint/a11y: the keys are the field's, which keeps the focus
								<div
									key={item.key}
									id={`${id}-${at}`}
									class="palette__item"
									role="option"
									aria-selected={at === index}
									onMouseDown={(event) => event.preventDefault()}
									onClick={() => item.run()}
								>
									{"hit" in item ? (
										<HitRow hit={item.hit} chat={chat} />
									) : (
										<>
											{"icon" in item && <Icon name={item.icon} size={18} />}
											<bdi class="palette__label">{item.label}</bdi>
											{"detail" in item && <span class="palette__detail">{item.detail}</span>}
										</>
									)}
								</div>
							))}
						</div>
					);
				})}
			</div>
			<p class="palette__note" role="status">
				{isWaiting ? "Searching messages…" : noteOf(search.state.value)}
			</p>
		</Drawer>
	);
}

/** Returns why no messages are found. */
function noteOf(state: SearchState): string | undefined {
	if (state.phase === "offline") return "You're offline. Messages can't be searched until you reconnect.";
	return state.phase === "refused" ? state.refusal.message : undefined;
}

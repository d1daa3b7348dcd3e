import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { openLocalStorage } from "../../model/local-storage.ts";
import { CloseButton } from "../controls/CloseButton.tsx";
import { isComposing } from "../controls/is-composing.ts";
import { type EmojiCell, EmojiGrid } from "./EmojiGrid.tsx";
import { EmojiTabs } from "./EmojiTabs.tsx";
import { cellsOf, RECENT, recentCells, tabsOf } from "./emoji-cells.ts";
import { type EmojiGroup, loadEmoji, loadTags } from "./emoji-data.ts";
import { addRecentEmoji, keepTone, keptTone, recentEmoji } from "./emoji-preferences.ts";
import { SkinTones } from "./SkinTones.tsx";
import { searchEmoji } from "./search-emoji.ts";
import { useEmojiDialog } from "./use-emoji-dialog.ts";

type Props = {
	/** Called with a fully qualified emoji. The picker stays open. */
	onPick: (emoji: string) => void;
	/** Called for Escape, the close button and a click beside the picker. */
	onClose: () => void;
};

const MAX_RESULTS = 120;
/** On narrow screens a cell would be too small for a finger otherwise. */
const NARROW = "(max-width: 24rem)";
const NO_TAGS: ReadonlyMap<string, string[]> = new Map();

/** The emoji by group, with a search, those used last, and a choice of skin tone. */
export function EmojiPicker({ onPick, onClose }: Props) {
	const storage = useRef(openLocalStorage(() => localStorage)).current;
	const recent = useRef(recentEmoji(storage)).current;
	const columns = useRef(matchMedia(NARROW).matches ? 7 : 8).current;
	const groups = useSignal<readonly EmojiGroup[] | undefined>(undefined);
	const tags = useSignal(NO_TAGS);
	const failed = useSignal(false);
	const query = useSignal("");
	const chosen = useSignal<string | undefined>(undefined);
	const tone = useSignal(keptTone(storage));
	const shown = useSignal<EmojiCell | undefined>(undefined);
	const dialog = useEmojiDialog(onClose);
	const search = useRef<HTMLInputElement>(null);
	const panel = useRef<HTMLDivElement>(null);
	const panelId = useId();
	useEffect(() => void load(), []);

	async function load(): Promise<void> {
		failed.value = false;
		try {
			groups.value = await loadEmoji();
		} catch {
			failed.value = true;
		}
	}

	const isSearching = useComputed(() => query.value.trim() !== "");
	const tabs = useComputed(() => tabsOf(groups.value ?? [], recentCells(groups.value ?? [], recent).length > 0));
	const tab = useComputed(() => chosen.value ?? tabs.value[0]?.name);
	const cells = useComputed(() => {
		const all = groups.value ?? [];
		if (isSearching.value) return cellsOf(searchEmoji(all, tags.value, query.value, MAX_RESULTS), tone.value);
		if (tab.value === RECENT) return recentCells(all, recent);
		return cellsOf(all.find(({ name }) => name === tab.value)?.emoji ?? [], tone.value);
	});

	function pick(emoji: string): void {
		addRecentEmoji(storage, emoji);
		onPick(emoji);
	}

	function type(text: string): void {
		query.value = text;
		// Without the tags the search finds less.
		loadTags().then(
			(loaded) => {
				tags.value = loaded;
			},
			() => {},
		);
	}

	function handleSearchKey(event: KeyboardEvent): void {
		if (isComposing(event)) return;
		const first = cells.peek()[0];
		if (event.key === "ArrowDown") panel.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus();
		else if (event.key === "Enter" && isSearching.peek() && first) pick(first.emoji);
		else return;
		event.preventDefault();
	}

	const heading = isSearching.value ? "Results" : (tab.value ?? "Emoji");
	return (
		<dialog ref={dialog} class="emoji-picker" aria-label="Emoji" tabIndex={-1}>
			<div class="emoji-picker__inside">
				<div class="emoji-picker__head">
					<input
						ref={search}
						class="emoji-picker__search"
						type="search"
						aria-label="Search emoji"
						placeholder="Search emoji"
						autoComplete="off"
						value={query.value}
						onInput={(event) => type(event.currentTarget.value)}
						onKeyDown={handleSearchKey}
					/>
					<CloseButton onClick={() => dialog.current?.close()} />
				</div>
				<EmojiTabs
					tabs={tabs.value}
					selected={isSearching.value ? undefined : tab.value}
					controls={panelId}
					onSelect={(name) => {
						query.value = "";
						chosen.value = name;
					}}
				/>
				<div ref={panel} id={panelId} class="emoji-picker__panel" role="tabpanel" aria-label={heading}>
					<p class="emoji-picker__heading" aria-hidden="true">
						{heading}
					</p>
					{cells.value.length > 0 && (
						<EmojiGrid
							label={heading}
							cells={cells.value}
							columns={columns}
							onPick={pick}
							onShow={(cell) => {
								shown.value = cell;
							}}
							onLeave={() => search.current?.focus()}
						/>
					)}
					<p class="emoji-picker__notice" role="status">
						{groups.value === undefined && !failed.value && "Loading emoji…"}
						{failed.value && "The emoji couldn't be loaded."}
						{isSearching.value && cells.value.length === 0 && groups.value !== undefined && "No emoji found"}
					</p>
					{failed.value && (
						<button class="button button--quiet" type="button" onClick={load}>
							Try again
						</button>
					)}
				</div>
				<div class="emoji-picker__foot">
					<p class="emoji-picker__shown" aria-hidden="true">
						{shown.value && (
							<>
								<span class="emoji-picker__large">{shown.value.emoji}</span>
								<span class="emoji-picker__label">{shown.value.label}</span>
							</>
						)}
					</p>
					<SkinTones
						tone={tone}
						onChoose={(chosenTone) => {
							tone.value = chosenTone;
							keepTone(storage, chosenTone);
						}}
					/>
				</div>
			</div>
		</dialog>
	);
}

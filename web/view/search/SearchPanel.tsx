import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { MAX_SEARCH_CHARS } from "../../../app/protocol/limits.ts";
import type { SearchHit } from "../../../app/protocol/search.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import type { MessageSearch } from "../../model/message-search.ts";
import { announce } from "../controls/Announcer.tsx";
import { panelBeside } from "../media.ts";
import { HitRow } from "./HitRow.tsx";
import { jumpToHit } from "./jump-to-hit.ts";
import { searchOf } from "./search-of.ts";

type Props = {
	chat: ChatModel;
	/** Called when a message is shown, which the panel may cover. */
	onShow: () => void;
};

/** A search over the messages of all rooms, with its hits. */
export function SearchPanel({ chat, onShow }: Props) {
	const search = searchOf(chat);
	const field = useRef<HTMLInputElement>(null);
	const shown = useSignal<SearchHit | undefined>(undefined);
	const problem = useSignal<string | undefined>(undefined);
	const { phase } = search.state.value;
	const count = search.hits.value.length;
	const text = search.text.value;

	useEffect(() => {
		if (phase === "empty") field.current?.focus();
	}, []);
	useEffect(() => {
		if (field.current) field.current.value = text;
	}, [text]);
	useEffect(() => {
		if (phase === "found") announce(count === 0 ? "No messages found." : `${count} messages found.`);
	}, [phase, count]);

	async function show(hit: SearchHit): Promise<void> {
		shown.value = hit;
		problem.value = undefined;
		if (!panelBeside.peek()) onShow();
		problem.value = (await jumpToHit(chat, hit))?.message;
	}

	return (
		<div class="search">
			<form
				class="search__form"
				onSubmit={(event) => {
					event.preventDefault();
					void search.search(field.current?.value ?? "");
				}}
			>
				<input
					ref={field}
					class="field__input"
					type="search"
					aria-label="Search messages"
					placeholder="Search messages"
					autoComplete="off"
					enterkeyhint="search"
					maxLength={MAX_SEARCH_CHARS}
				/>
			</form>
			<div class="search__results">
				{problem.value !== undefined && (
					<p class="search__note" role="alert">
						{problem.value}
					</p>
				)}
				<ol>
					{search.hits.value.map((hit) => (
						<li key={`${hit.room}/${hit.message.seq}`}>
							<button
								class="hit"
								type="button"
								aria-current={shown.value === hit ? "true" : undefined}
								onClick={() => void show(hit)}
							>
								<HitRow hit={hit} chat={chat} />
							</button>
						</li>
					))}
				</ol>
				<SearchNote search={search} />
			</div>
		</div>
	);
}

/** What the search does, or how it ended. */
function SearchNote({ search }: { search: MessageSearch }) {
	const state = search.state.value;
	const isAny = search.hits.value.length > 0;
	const again = (label: string) => (
		<button class="text-button" type="button" onClick={() => void search.more()}>
			{label}
		</button>
	);
	switch (state.phase) {
		case "empty":
			return (
				<div class="search__note">
					<p>Search the messages of your rooms. You can narrow it down:</p>
					<dl class="search__filters">
						{FILTERS.map(([filter, meaning]) => (
							<div key={filter}>
								<dt>
									<code>{filter}</code>
								</dt>
								<dd>{meaning}</dd>
							</div>
						))}
					</dl>
				</div>
			);
		case "searching":
			return <p class="search__note">{isAny ? "Loading more…" : "Searching…"}</p>;
		case "offline":
			return (
				<p class="search__note" role="alert">
					You're offline. Search works again when you reconnect. {again("Try again")}
				</p>
			);
		case "refused":
			return (
				<p class="search__note" role="alert">
					{state.refusal.message} {again("Try again")}
				</p>
			);
		case "found":
			if (state.more) return <p class="search__note">{again("Show more")}</p>;
			return isAny ? null : (
				<p class="search__note">
					No messages found for <bdi>“{search.text.value}”</bdi>. Try fewer words, or the beginning of a word.
				</p>
			);
	}
}

const FILTERS = [
	['"two words"', "exactly these words"],
	["from:Ada", "by a person"],
	["in:lobby", "in one room"],
	["has:file", "with a file, link or location"],
	["before:2026-11-01", "or after: a day"],
] as const;

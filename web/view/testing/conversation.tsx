/** A conversation with everything that Markdown has, a composer that completes, and the emoji picker. */
import { signal } from "@preact/signals";
import { render } from "preact";
import { useRef } from "preact/hooks";
import { openLocalStorage } from "../../model/local-storage.ts";
import type { Room } from "../../model/room.ts";
import "../../style.css";
import { CompletionList } from "../composer/CompletionList.tsx";
import { emojiSource } from "../composer/emoji-completions.ts";
import { peopleCompletions } from "../composer/people-completions.ts";
import { Announcer } from "../controls/Announcer.tsx";
import { Icon } from "../controls/Icon.tsx";
import { isComposing } from "../controls/is-composing.ts";
import { EmojiPicker } from "../emoji/EmojiPicker.tsx";
import { MessageView } from "../message/MessageView.tsx";
import { MessageText } from "../message/markdown/MessageText.tsx";

const ADA = { id: "ada", name: "Ada Lovelace" };
const PEOPLE = [
	ADA,
	{ id: "ines", name: "Inês Carvalho" },
	{ id: "yusuf", name: "يوسف" },
	{ id: "noor", name: "🌱 Noor" },
];
const CODE = `/** Returns the n-th number. */
export function fib(n: number): number {
	const seen = new Map<number, number>([[0, 0], [1, 1]]); // one quite long line, which scrolls and does not wrap
	return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
console.log(\`fib(10) is \${fib(10)}\`);`;

const BODIES: [author: (typeof PEOPLE)[number], body: string][] = [
	[PEOPLE[1]!, "Morning! The **water** is back _on_, ~~off~~ and `npm start` works: https://example.org/a_b_c"],
	[PEOPLE[1]!, `Look:\n\`\`\`ts\n${CODE}\n\`\`\`\nWhat do you think?`],
	[
		ADA,
		"> The **water** is back\n> and more\n\nGood! To do:\n- seedlings\n  - tomatoes\n  - courgettes\n- `shed`\n1. first\n2. second\n5. fifth",
	],
	[ADA, '```html\n<!-- all kinds -->\n<p class="a">{1}</p>\n```'],
	[ADA, "```sh\n# install\nnpm ci && npm test\n```"],
	[PEOPLE[2]!, "صباح الخير! **معي القهوة** والكعك\n> اقتباس\n- واحد\n- اثنان"],
	[ADA, "🎉👩‍🌾"],
	[PEOPLE[3]!, "🍰"],
	[PEOPLE[3]!, "```\nplain text, with no language\n```"],
];

const MENTIONS = "@Ada Lovelace and @🌱 Noor: see `@Ada Lovelace`, @room\n> @Ada Lovelace";
const draft = signal("");
/** The last message that was sent. */
const sent = signal("");
const room = {} as Room;
const isPicking = signal(false);
const accepted = signal("");
const sources = {
	"@": (query: string) => peopleCompletions(PEOPLE, query),
	":": emojiSource(openLocalStorage(() => localStorage)),
};

function row(author: (typeof PEOPLE)[number], body: string, index: number) {
	const mine = author === ADA;
	const key = String(index);
	const item = {
		kind: "message",
		key,
		author,
		createdAt: 1_790_000_000_000,
		content: { body },
		mine,
		state: "stored",
		seq: index,
	} as const;
	const isSame = (other: number) => BODIES[other]?.[0] === author;
	return { kind: "message", key, item, first: !isSame(index - 1), last: !isSame(index + 1) } as const;
}

function Composer() {
	const input = useRef<HTMLTextAreaElement>(null);
	return (
		<form class="composer" onSubmit={(event) => event.preventDefault()}>
			<div class="composer__box">
				<button class="icon-button" type="button" onClick={open} aria-label="Emoji">
					<Icon name="plus" />
				</button>
				<textarea
					ref={input}
					class="composer__text"
					aria-label="Message"
					rows={1}
					value={draft.value}
					onInput={(event) => {
						draft.value = event.currentTarget.value;
					}}
					onKeyDown={(event) => {
						if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
						event.preventDefault();
						sent.value = draft.value;
						draft.value = "";
					}}
				/>
			</div>
			<CompletionList
				input={input}
				sources={sources}
				onAccept={({ key }) => {
					accepted.value = key;
				}}
			/>
		</form>
	);
}

function open(): void {
	isPicking.value = true;
}

function Conversation() {
	return (
		<div class="shell">
			<main class="room-page">
				<h1 class="visually-hidden">Components</h1>
				<div class="room-page__middle">
					{/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keyboard */}
					<div class="timeline" role="log" aria-label="Messages" tabIndex={0}>
						<div class="timeline__content">
							<div class="rows">
								{BODIES.map(([author, body], index) => (
									<MessageView key={body} room={room} row={row(author, body, index)} />
								))}
								<div class="message message--theirs">
									<div class="message__bubble">
										<MessageText body={MENTIONS} mentions={["ada", "noor", "room"]} nameOf={nameOf} ownId="ada" />
									</div>
								</div>
								<div class="message message--theirs sent">
									<div class="message__bubble">
										<MessageText body={sent.value} />
									</div>
								</div>
							</div>
						</div>
					</div>
				</div>
				<output class="typing">{accepted.value}</output>
				<Composer />
				{isPicking.value && (
					<EmojiPicker
						onPick={(emoji) => {
							draft.value += emoji;
						}}
						onClose={() => {
							isPicking.value = false;
						}}
					/>
				)}
				<Announcer />
			</main>
		</div>
	);
}

function nameOf(id: string): string | undefined {
	return PEOPLE.find((person) => person.id === id)?.name;
}

render(<Conversation />, document.getElementById("app")!);

import type { Message } from "../../../app/protocol/message.ts";
import type { Findings } from "../../kit/suite/findings.ts";
import type { ReadPage, UserHistory } from "./history.ts";
import type { ModelMessage, RoomModel, Version } from "./room-model.ts";

/**
 * Checks that the messages which a user has read were as the log made them, and that those which the user's client shows
 * in the end are as the log makes them.
 */
export function checkStates({ user, room, pages, view }: UserHistory, model: RoomModel, findings: Findings): void {
	for (const page of pages) checkPage(`${room}: ${user} read`, user, page, model, findings);
	if (view === undefined) return;
	const { head } = model;
	const shown = { from: view.from, to: head, head, messages: [...view.messages.values()] };
	checkPage(`${room}: ${user}'s client shows`, user, shown, model, findings);
}

function checkPage(what: string, user: string, page: ReadPage, model: RoomModel, findings: Findings): void {
	const { from, to, head, messages } = page;
	for (const message of messages) {
		const found = `${what} ${message.seq} of rev ${message.rev}, in a log up to ${head},`;
		const versions = model.versions.get(message.seq) ?? [];
		const index = versions.findIndex(({ rev }) => rev === message.rev);
		const version = versions[index];
		if (version?.message === undefined) {
			findings.broken("altered", `${found} and the log has no such state.`);
			continue;
		}
		checkIsNewest(found, version.message, versions.slice(index + 1), head, findings);
		const different = difference(message, version.message, user, model);
		if (different !== undefined) findings.broken("altered", `${found} and ${different}.`);
	}
	const read = new Set(messages.map(({ seq }) => seq));
	for (let index = model.firstFrom(from); index < model.messages.length; index++) {
		const seq = model.messages[index]!;
		if (seq > to || seq > head) break;
		// A page may be newer than its head, so that a message was removed since.
		if (!read.has(seq) && model.newest(seq)!.message !== undefined)
			findings.broken("altered", `${what} messages up to ${to} without ${seq}, in a log up to ${head}.`);
	}
}

/** Checks that no later entry up to `head` has changed the message. */
function checkIsNewest(
	found: string,
	state: ModelMessage,
	later: readonly Version[],
	head: number,
	findings: Findings,
): void {
	const missed = later.filter(({ rev }) => rev <= head);
	const [first] = missed;
	if (first === undefined) return;
	const erased = missed.find(({ message }) => message?.text !== state.text);
	if (erased) findings.broken("unerased", `${found} with a text that ${erased.rev} erased.`);
	else findings.broken("altered", `${found} without the change of ${first.rev}.`);
}

/** Returns what is different, in words; undefined if nothing is. */
function difference(message: Message, state: ModelMessage, viewer: string, model: RoomModel): string | undefined {
	const source = model.entries.get(state.text)!;
	const text = model.textOf(source);
	if (message.author.id !== state.author) return "its author is another";
	if (message.createdAt !== state.createdAt || message.editedAt !== state.editedAt) return "its times are others";
	if (message.reply !== state.reply || message.root !== state.root) return "it replies to another one";
	if (text !== undefined && message.body !== text) return "its text is another";
	if ((message.pinned === true) !== state.isPinned) return "its pin is another";
	if ((message.replies ?? 0) !== state.replies) return `it has ${message.replies ?? 0} replies, not ${state.replies}`;
	// The store erases the mentions together with the text.
	if (!model.erasedBy.has(state.text) && listOf(message.mentions) !== listOf(JSON.parse(source.mentions ?? "[]")))
		return "its mentions are others";
	const reactions = reactionsOf(message);
	if (reactions !== modelReactions(message, state, viewer))
		return `its reactions are ${reactions}, not ${modelReactions(message, state, viewer)}`;
	return undefined;
}

function listOf(ids: readonly string[] = []): string {
	return [...ids].sort().join(" ");
}

function reactionsOf({ reactions = [] }: Message): string {
	const lines = reactions.map(({ emoji, count, users = [], mine = false }) => {
		return lineOf(emoji, count, mine, users.length === count ? users.map(({ id }) => id) : []);
	});
	return lines.sort().join("; ");
}

/** Names the users of those reactions of which the message names all. */
function modelReactions(message: Message, { reactions }: ModelMessage, viewer: string): string {
	const lines = [...reactions].map(([emoji, users]) => {
		const shown = message.reactions?.find((reaction) => reaction.emoji === emoji);
		return lineOf(emoji, users.size, users.has(viewer), shown?.users?.length === users.size ? [...users] : []);
	});
	return lines.sort().join("; ");
}

function lineOf(emoji: string, count: number, isMine: boolean, users: readonly string[]): string {
	return `${emoji} ${count}${isMine ? " with mine" : ""}${users.length > 0 ? ` of ${listOf(users)}` : ""}`;
}

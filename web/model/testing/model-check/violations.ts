import { JOIN_MESSAGES } from "../../../../app/protocol/limits.ts";
import type { Message } from "../../../../app/protocol/message.ts";
import type { TestServer } from "../../../../app/testing/harness.ts";
import type { Room } from "../../room.ts";
import { ROOMS } from "./actions.ts";
import { idOf, type ReferenceModel } from "./reference-model.ts";
import { type Moment, messagesOf } from "./screen-recorder.ts";
import type { World } from "./world.ts";

/** Compares a settled world with a fresh fetch. Returns a sentence for each difference. */
export async function violationsOf(world: World, server: TestServer): Promise<string[]> {
	const violations = [...world.recorder.violations];
	for (const name of ROOMS) {
		const room = world.name(name);
		const log = await fetchAll(server, room);
		violations.push(...compareWithReference(room, log, world.reference));
		const joined = world.room(name);
		if (joined) violations.push(...compareWithFetch(joined, log, world.reference));
		for (const moment of world.recorder.moments) {
			if (moment.room === room) violations.push(...examine(moment, log, world.reference));
		}
	}
	return [...new Set(violations)];
}

/** Returns every message of a room, as a new member receives them. */
async function fetchAll(server: TestServer, room: string): Promise<Message[]> {
	const client = await server.client("newcomer");
	const { messages = [] } = await client.join(room);
	const all = [...messages];
	for (let more = messages.length >= JOIN_MESSAGES; more; ) {
		const ack = (await client.request("message:history", { room, before: all[0]!.seq })) as unknown as {
			data: { messages: Message[]; more: boolean };
		};
		all.unshift(...ack.data.messages);
		more = ack.data.more;
	}
	client.close();
	return all;
}

/** Checks that no message with an ack is lost, none is stored twice, and own messages are in the order of writing. */
function compareWithReference(room: string, log: Message[], reference: ReferenceModel): string[] {
	const { others, written } = reference;
	const violations: string[] = [];
	const seqs = new Map(log.map(({ body, seq }) => [idOf(body!), seq]));
	const texts = new Set(log.map(({ body }) => body));
	if (seqs.size < log.length) violations.push(`${room}: a message is stored twice.`);
	for (const one of others) {
		if (one.room === room && !reference.isRemoved(one.text) && seqs.get(idOf(one.text)) !== one.seq)
			violations.push(`${room}: "${one.text}" was acked as ${one.seq} and is stored as ${seqs.get(idOf(one.text))}.`);
	}
	const mine = written.filter((one) => one.room === room && !one.isRefused && !reference.isRemoved(one.text));
	for (const { text, fate } of mine) {
		if (fate === "kept" && !texts.has(text)) violations.push(`${room}: "${text}" was written and is not stored.`);
	}
	for (const id of reference.gone) if (seqs.has(id)) violations.push(`${room}: "${id}" was removed and is stored.`);
	const kept = mine.flatMap(({ text, fate, isRetried }) =>
		fate === "kept" && !isRetried ? (seqs.get(idOf(text)) ?? []) : [],
	);
	if (kept.some((seq, index) => index > 0 && seq < kept[index - 1]!))
		violations.push(`${room}: what was written is not stored in that order: ${kept.join(", ")}.`);
	return violations;
}

/** Checks that the timeline ends like a fresh fetch, and that only refused messages follow. */
function compareWithFetch(joined: Room, log: Message[], { written }: ReferenceModel): string[] {
	const violations: string[] = [];
	const { name: room } = joined;
	const shown = messagesOf(joined);
	const hasOlder = joined.hasOlder.value;
	const stored = shown.filter(({ state }) => state === "stored");
	const drawn = stored.map(({ content, ...item }) => lineOf({ ...item, body: content.body }));
	const fresh = log.map(lineOf);
	const end = drawn.length > 0 ? fresh.slice(-drawn.length) : [];
	if (drawn.join("\n") !== end.join("\n"))
		violations.push(`${room}: the timeline is not what a fresh fetch shows.\n${diff(drawn, end)}`);
	if (drawn.length < fresh.length && !hasOlder)
		violations.push(
			`${room}: the timeline has ${drawn.length} messages and hasOlder is false, but the room has ${fresh.length}.`,
		);
	const marks = stored.flatMap(({ edit, removal, pin, reactions = [] }) => [
		edit,
		removal,
		pin,
		...reactions.map((one) => one.pending),
	]);
	if (marks.some((mark) => mark && mark.state !== "failed")) violations.push(`${room}: a change is still pending.`);
	const waiting = shown
		.filter(({ state, reply }) => state !== "stored" && reply?.state !== "removed")
		.map(({ state, content }) => `${state} ${content.body}`);
	const refused = written.filter((one) => one.room === room && one.isRefused && one.fate === "kept");
	const expected = refused.map(({ text }) => `failed ${text}`);
	if (waiting.toSorted().join("\n") !== expected.toSorted().join("\n"))
		violations.push(`${room}: below the log is "${waiting.join('", "')}", and not "${expected.join('", "')}".`);
	return violations;
}

/** Checks that the log was drawn without gaps at that moment, and that messages written on the page were drawn. */
function examine(moment: Moment, log: Message[], reference: ReferenceModel): string[] {
	const { room, seqs, ids, written, isAway } = moment;
	const [first = Number.POSITIVE_INFINITY, last = 0] = [seqs[0], seqs.at(-1)];
	const violations: string[] = [];
	for (const { seq, author, body } of log) {
		if (author.name !== "ada" && seq > first && seq < last && !seqs.includes(seq) && !reference.isRemoved(body!))
			violations.push(`${room}: ${seq} was not drawn between ${first} and ${last}.`);
	}
	for (const id of written) {
		const isOlder = (log.find(({ body }) => idOf(body!) === id)?.seq ?? Number.POSITIVE_INFINITY) < first;
		if (!isOlder && !isAway && !reference.removed.has(id) && !ids.includes(id))
			violations.push(`${room}: "${id}" was written and, for a moment, not on screen: ${seqs.join(" ")}`);
	}
	return violations;
}

/** What a user sees of a stored message, apart from what is only theirs. */
function lineOf({ seq, author, body, editedAt, replies = 0, reactions = [] }: Shown): string {
	const counts = reactions.map(({ emoji, count }) => `${emoji}${count}`).sort();
	return `${seq} ${author.name}: ${body} (${editedAt ?? "unedited"}, ${replies} replies, ${counts.join(" ")})`;
}

type Shown = {
	seq: number | undefined;
	author: { name: string };
	body?: string | undefined;
	editedAt?: number;
	replies?: number;
	reactions?: readonly { emoji: string; count: number }[];
};

function diff(shown: string[], expected: string[]): string {
	const missing = expected.filter((line) => !shown.includes(line)).map((line) => `- ${line.slice(0, 60)}`);
	const extra = shown.filter((line) => !expected.includes(line)).map((line) => `+ ${line.slice(0, 60)}`);
	return [...missing, ...extra].join("\n");
}

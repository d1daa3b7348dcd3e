import type { Entry } from "../../../app/protocol/log.ts";
import type { Message } from "../../../app/protocol/message.ts";
import type { Command, ReceivedEntry, SentCommand, StoredEntry, UserHistory } from "../check/history.ts";
import { RoomView } from "../users/room-view.ts";

export const ROOM = "lobby";
export const HEAD = 9;
export const ADA = { id: "ada", name: "Ada" };
export const BOB = { id: "bob", name: "Bob" };
export const FILLER = "000000";

export function row(seq: number, of: Partial<StoredEntry>): StoredEntry {
	return {
		seq,
		kind: "message",
		createdAt: seq,
		author: ADA.id,
		clientId: `id ${seq}`,
		body: null,
		target: null,
		emoji: null,
		isOn: null,
		reply: null,
		root: null,
		mentions: null,
		...of,
	};
}

/**
 * A conversation of Ada and Bob that is stored, acked, received and shown as it must be. Each test spoils one thing.
 * 1, 2 and 3 are messages of Ada; 4 edits 1, 5 edits it again; 6 is Bob's reaction to 2, 7 his reply to it; 8 removes 3; 9
 * is Ada's reaction to 2.
 */
export function intact() {
	const stored = [
		row(1, { body: FILLER }),
		row(2, { body: "text 2" }),
		row(3, { kind: "erased", body: FILLER }),
		row(4, { kind: "erased", target: 1, body: FILLER }),
		row(5, { kind: "edit", target: 1, body: "edit 5" }),
		row(6, { kind: "reaction", author: BOB.id, target: 2, emoji: "👍", isOn: 1 }),
		row(7, { author: BOB.id, body: "text 7", reply: 2, root: 2 }),
		row(8, { kind: "removal", target: 3 }),
		row(9, { kind: "reaction", target: 2, emoji: "👍", isOn: 1 }),
	];
	const commands: (readonly [string, number, Command])[] = [
		[ADA.id, 1, { kind: "message", body: "text 1" }],
		[ADA.id, 2, { kind: "message", body: "text 2" }],
		[ADA.id, 3, { kind: "message", body: "text 3" }],
		[ADA.id, 4, { kind: "edit", target: 1, body: "edit 4" }],
		[ADA.id, 5, { kind: "edit", target: 1, body: "edit 5" }],
		[BOB.id, 6, { kind: "reaction", target: 2, emoji: "👍", on: true }],
		[BOB.id, 7, { kind: "message", body: "text 7", reply: 2 }],
		[ADA.id, 8, { kind: "removal", target: 3 }],
		[ADA.id, 9, { kind: "reaction", target: 2, emoji: "👍", on: true }],
	];
	const live: Entry[] = [
		{ kind: "message", seq: 1, createdAt: 1, author: ADA, body: "text 1" },
		{ kind: "message", seq: 2, createdAt: 2, author: ADA, body: "text 2" },
		{ kind: "message", seq: 3, createdAt: 3, author: ADA, body: "text 3" },
		{ kind: "edit", seq: 4, createdAt: 4, author: ADA, target: 1, body: "edit 4" },
		{ kind: "edit", seq: 5, createdAt: 5, author: ADA, target: 1, body: "edit 5" },
		{ kind: "reaction", seq: 6, createdAt: 6, user: BOB, target: 2, emoji: "👍", on: true },
		{ kind: "message", seq: 7, createdAt: 7, author: BOB, body: "text 7", reply: 2, root: 2 },
		{ kind: "removal", seq: 8, createdAt: 8, by: ADA, target: 3 },
		{ kind: "reaction", seq: 9, createdAt: 9, user: ADA, target: 2, emoji: "👍", on: true },
	];
	const historyOf = (user: string): UserHistory => {
		const received = live.map((entry): ReceivedEntry => ({ entry, head: entry.seq, connection: 1, at: 1 }));
		const view = new RoomView(user, 1, []);
		for (const entry of live) view.apply(entry);
		const sent = commands
			.filter(([by]) => by === user)
			.map(([, seq, command]): SentCommand => {
				const acks = [{ seq, connection: 1, at: 1 }];
				return { clientId: `id ${seq}`, command, connection: 1, sentAt: 0, acks, refusals: 0, hasNoTarget: false };
			});
		return {
			user,
			room: ROOM,
			sent,
			segments: [{ since: 0, received }],
			pages: [{ from: 1, to: HEAD, head: HEAD, messages: [...view.messages.values()] }],
			view,
			receivedBeforeAck: 0,
			missedWhileConnected: 0,
		};
	};
	return {
		stored,
		ada: historyOf(ADA.id),
		bob: historyOf(BOB.id),
		/** The entries that a user has received. */
		receivedBy: (user: UserHistory) => user.segments[0]!.received,
		sentAs: (user: UserHistory, seq: number) => user.sent.find(({ acks }) => acks[0]?.seq === seq)!,
		/** Replaces an entry that a user has received, as part of the log up to `head`. */
		receive(user: UserHistory, seq: number, to: object, head = seq) {
			const received = user.segments[0]!.received;
			const index = received.findIndex(({ entry }) => entry.seq === seq);
			received[index] = { ...received[index]!, head, entry: { ...received[index]!.entry, ...to } as Entry };
		},
		/** Changes a message that a user has read. */
		read(user: UserHistory, seq: number, to: Partial<Message>) {
			const [page] = user.pages;
			const messages = page!.messages.map((one) => (one.seq === seq ? ({ ...one, ...to } as Message) : one));
			user.pages[0] = { ...page!, messages };
		},
	};
}

export type World = ReturnType<typeof intact>;

/** Appends a row, which both users receive without a change of what they show. */
export function append({ stored, ada, bob, receivedBy }: World, entry: StoredEntry): void {
	stored.push(entry);
	const { seq, createdAt, target, emoji } = entry;
	const common = { seq, createdAt, target: target ?? 0 };
	for (const user of [ada, bob]) {
		const received: Entry =
			entry.kind === "removal"
				? { kind: "removal", by: ADA, ...common }
				: { kind: "reaction", user: ADA, emoji: emoji ?? "", on: true, ...common };
		receivedBy(user).push({ entry: received, head: seq, connection: 1, at: 1 });
		if (target === 2) (user.view as RoomView).messages.set(2, { ...user.view!.messages.get(2)!, rev: seq });
	}
}

export function message(seq: number): Message & { kind: "message" } {
	return { kind: "message", seq, rev: seq, createdAt: seq, author: ADA, body: `text ${seq}` };
}

export function withoutMine(message: Message): Message {
	if (!message.reactions) return message;
	return { ...message, reactions: message.reactions.map(({ mine: _, ...reaction }) => reaction) };
}

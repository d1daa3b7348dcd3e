import type { Message } from "../../../app/protocol/message.ts";
import type { Random } from "../../kit/random.ts";
import type { Command } from "../check/history.ts";

/** The share of what a user does, in percent. The rest are messages. */
const EDITS = 14;
const REACTIONS = 20;
const REMOVALS = 4;
/** The share of messages that reply to another one, and of texts that mention somebody. */
const REPLIES = 0.2;
const MENTIONS = 0.15;
/** Changes are of the newest messages, so that many users change the same one at once. */
const NEWEST = 12;
const EMOJI = ["👍", "❤️", "😂", "🎉", "👀", "🏳️‍🌈"] as const;

type Situation = {
	user: string;
	/** The messages that the user's client shows, in the order of their arrival. */
	messages: ReadonlyMap<number, Message>;
	/** The user's commands that have no ack yet. */
	unacked: Iterable<Command>;
	/**
	 * The users of the group. Reactions are to their messages: somebody else's may have as many different reactions as the
	 * server accepts.
	 */
	group: ReadonlySet<string>;
	/** Whether the user reacts to a message, according to what the user has sent. The view is later than the ack. */
	hasReacted: (target: number, emoji: string) => boolean;
};

/**
 * Returns what a user does next: mostly a message with this text, or an edit to it, a reaction or a removal. Never one that
 * would change nothing, or whose outcome depends on a command that has no ack yet.
 */
export function nextCommand(
	{ user, group, messages, unacked, hasReacted }: Situation,
	body: string,
	random: Random,
): Command {
	const pending = new Set([...unacked].map((command) => ("target" in command ? command.target : 0)));
	const newest = [...messages.values()].slice(-NEWEST);
	const free = newest.filter(({ seq }) => !pending.has(seq));
	const ofGroup = free.filter(({ author }) => group.has(author.id));
	const own = free.filter(({ author }) => author.id === user);
	const mentions = random.chance(MENTIONS) && newest.length > 0 ? [random.pick(newest).author.id] : undefined;
	const dice = random.between(0, 99);
	if (dice < EDITS && own.length > 0)
		return { kind: "edit", target: random.pick(own).seq, body, ...(mentions && { mentions }) };
	if (dice >= EDITS && dice < EDITS + REACTIONS && ofGroup.length > 0) {
		const { seq: target } = random.pick(ofGroup);
		const emoji = random.pick(EMOJI);
		return { kind: "reaction", target, emoji, on: !hasReacted(target, emoji) };
	}
	if (dice >= 100 - REMOVALS && own.length > 0) return { kind: "removal", target: random.pick(own).seq };
	const reply = random.chance(REPLIES) && newest.length > 0 ? random.pick(newest).seq : undefined;
	return { kind: "message", body, ...(reply && { reply }), ...(mentions && { mentions }) };
}

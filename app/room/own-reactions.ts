import type { Message } from "../protocol/message.ts";
import type { LogSlice, Tail } from "./log/tail.ts";
import type { ReactionKind } from "./ports/reactions.ts";
import { withBoundedNames } from "./reaction-names.ts";

/**
 * The reactions of one user among those of a room's newest messages, for `mine`. A reaction names some people only; whether
 * the user is among the others is looked up in the store.
 */
export class OwnReactions {
	readonly #user: string;
	readonly #lookedUp = new Map<string, boolean>();

	constructor(user: string) {
		this.#user = user;
	}

	/** Returns the kinds of reactions that have to be looked up and were not yet. */
	missing(messages: readonly Message[]): ReactionKind[] {
		return messages.flatMap(({ seq: target, reactions = [] }) =>
			reactions.flatMap(({ emoji, count, users = [] }) => {
				const isNamed = users.some(({ id }) => id === this.#user);
				return isNamed || count === users.length || this.#lookedUp.has(keyOf({ target, emoji }))
					? []
					: [{ target, emoji }];
			}),
		);
	}

	/** Records a lookup: of `kinds`, the user reacts with `found`. */
	record(kinds: readonly ReactionKind[], found: readonly ReactionKind[]): void {
		for (const kind of kinds) this.#lookedUp.set(keyOf(kind), false);
		for (const kind of found) this.#lookedUp.set(keyOf(kind), true);
	}

	/** Returns the slice with `mine` in the reactions of its messages, and a bounded number of names. `tail` has the reactions since the lookup. */
	mark(slice: LogSlice, tail: Pick<Tail, "reactionBy">): LogSlice {
		if (!slice.messages?.some(({ reactions }) => reactions)) return slice;
		return { ...slice, messages: withBoundedNames(slice.messages.map((message) => this.#markMessage(message, tail))) };
	}

	#markMessage(message: Message, tail: Pick<Tail, "reactionBy">): Message {
		if (!message.reactions) return message;
		const reactions = message.reactions.map((reaction) => {
			const { emoji, count, users = [] } = reaction;
			const isMine =
				users.some(({ id }) => id === this.#user) ||
				// Nobody else reacts where all are named.
				(count > users.length &&
					(tail.reactionBy(this.#user, message.seq, emoji)?.on ??
						this.#lookedUp.get(keyOf({ target: message.seq, emoji }))));
			return isMine ? { ...reaction, mine: true as const } : reaction;
		});
		return { ...message, reactions };
	}
}

function keyOf({ target, emoji }: ReactionKind): string {
	return `${target} ${emoji}`;
}

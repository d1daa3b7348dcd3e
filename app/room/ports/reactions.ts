/** A kind of reaction to one message of a room. */
export type ReactionKind = { target: number; emoji: string };

/** The stored reactions. */
export interface ReactionStore {
	/** Returns those of `kinds` with which the user reacts. */
	reactionsOf(user: string, room: string, kinds: readonly ReactionKind[]): Promise<ReactionKind[]>;
}

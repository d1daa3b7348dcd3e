import type { UserHistory } from "../../chaos/check/history.ts";

/**
 * Returns the times from a message's first send to each of the other users who received it, ms, of messages that were
 * sent within a span of the monotonic clock.
 */
export function deliveryMs(histories: readonly UserHistory[], from: number, to: number): number[] {
	const sentAt = new Map<string, number>();
	for (const { user, sent } of histories)
		for (const { command, sentAt: at } of sent)
			if (command.kind === "message" && at >= from && at < to) sentAt.set(`${user} ${command.body}`, at);
	return histories.flatMap(({ user, segments }) =>
		segments.flatMap(({ received }) =>
			received.flatMap(({ entry, at }) => {
				if (entry.kind !== "message" || entry.author.id === user) return [];
				const since = sentAt.get(`${entry.author.id} ${entry.body}`);
				return since === undefined ? [] : [at - since];
			}),
		),
	);
}

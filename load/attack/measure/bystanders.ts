import type { UserHistory } from "../../chaos/check/history.ts";

/**
 * Returns the times from a message's first send to each of the other users who received it, ms, of messages that were
 * sent within a span of the monotonic clock.
 */
export function deliveryMs(histories: readonly UserHistory[], from: number, to: number): number[] {
	const sentAt = new Map<string, number>();
	for (const { user, sent } of histories)
		for (const message of sent)
			if (message.sentAt >= from && message.sentAt < to) sentAt.set(`${user} ${message.body}`, message.sentAt);
	return histories.flatMap(({ user, segments }) =>
		segments.flatMap(({ received }) =>
			received.flatMap(({ author, body, at }) => {
				const since = author === user ? undefined : sentAt.get(`${author} ${body}`);
				return since === undefined ? [] : [at - since];
			}),
		),
	);
}

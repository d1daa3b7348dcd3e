import type { PersonRecord } from "../../chaos/check/record.ts";

/**
 * From a message's first try to each of the others who was told of it, ms: of those that were said within a span of the
 * monotonic clock.
 */
export function deliveryMs(records: readonly PersonRecord[], from: number, to: number): number[] {
	const saidAt = new Map<string, number>();
	for (const { author, said } of records)
		for (const one of said) if (one.saidAt >= from && one.saidAt < to) saidAt.set(`${author} ${one.body}`, one.saidAt);
	return records.flatMap(({ author: reader, episodes }) =>
		episodes.flatMap(({ told }) =>
			told.flatMap(({ author, body, at }) => {
				const since = author === reader ? undefined : saidAt.get(`${author} ${body}`);
				return since === undefined ? [] : [at - since];
			}),
		),
	);
}

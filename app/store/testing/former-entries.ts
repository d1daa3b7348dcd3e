import { ADA, BEN } from "../contract/fixture.ts";

/** A row of `entries` as the schema before edits, reactions, pins and replies had it. */
export type FormerEntry = {
	kind: "message" | "removal" | "erased";
	body?: string;
	author?: { id: string; name: string | null };
	latitude?: number;
	longitude?: number;
	target?: number;
	removedBy?: number;
};

/** A log that the former version wrote: message 3 has been removed. `short` are texts of a few bytes. */
export function formerLog(short: readonly string[]): FormerEntry[] {
	const author = ADA;
	return [
		{ kind: "message", author, body: "one" },
		{ kind: "message", author: BEN, body: "two" },
		{ kind: "erased", author: { id: ADA.id, name: null }, removedBy: 5 },
		{ kind: "message", author, latitude: 1.5, longitude: -2.25 },
		{ kind: "removal", target: 3 },
		...short.map((body) => ({ kind: "message", author, body }) as const),
	];
}

/** Returns the values of a row: seq, kind, created_at, author_id, author_name, client_id, body, latitude, longitude, target, removed_by. */
export function formerValues(entry: FormerEntry, index: number): (string | number | null)[] {
	const { kind, author, body = null, latitude = null, longitude = null, target = null, removedBy = null } = entry;
	const clientId = author ? `client ${index + 1}` : null;
	const seq = index + 1;
	const name = author?.name ?? null;
	return [seq, kind, 1_000, author?.id ?? null, name, clientId, body, latitude, longitude, target, removedBy];
}

export const FORMER_COLUMNS =
	"seq, kind, created_at, author_id, author_name, client_id, body, latitude, longitude, target, removed_by";

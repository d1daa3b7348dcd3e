import type { Ban, BanTarget } from "../room/ports/moderation.ts";

/** The columns of a {@link BanRow}, in its order. */
export const BAN_COLUMNS = "kind, target, room, name, ends_at, created_at, reason, by_whom";
export type BanRow = [
	kind: Ban["kind"],
	target: string,
	room: string,
	name: string | null,
	endsAt: number | null,
	createdAt: number,
	reason: string | null,
	byWhom: string | null,
];

/** Replaces a ban of the same target if it ends earlier. */
export const REPLACE_BAN = `
	ON CONFLICT (kind, target, room) DO UPDATE SET
		name = excluded.name, ends_at = excluded.ends_at, created_at = excluded.created_at,
		reason = excluded.reason, by_whom = excluded.by_whom
	WHERE bans.ends_at IS NOT NULL AND (excluded.ends_at IS NULL OR excluded.ends_at > bans.ends_at)`;

export function keyOf({ kind, target, room = "" }: BanTarget): [kind: string, target: string, room: string] {
	return [kind, target, room];
}

export function rowOfBan(ban: Ban): BanRow {
	const { kind, target, room = "", name, until, createdAt, reason, by } = ban;
	return [kind, target, room, name ?? null, until ?? null, createdAt, reason ?? null, by ?? null];
}

export function banOf([kind, target, room, name, endsAt, createdAt, reason, byWhom]: BanRow): Ban {
	return {
		kind,
		target,
		...(room !== "" && { room }),
		...(name !== null && { name }),
		...(endsAt !== null && { until: endsAt }),
		createdAt,
		...(reason !== null && { reason }),
		...(byWhom !== null && { by: byWhom }),
	};
}

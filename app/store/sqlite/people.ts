import type { DatabaseSync } from "node:sqlite";
import type { Access } from "../../protocol/people.ts";
import type { User } from "../../protocol/session.ts";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import { MAX_PEOPLE, type PeopleState, type RoleChange, type RoleOutcome } from "../../room/ports/people.ts";
import { ACCESS_KEY, type KnownPersonRow, PERSON_COLUMNS, peopleStateOf } from "../person-row.ts";
import { auditor } from "./audit.ts";
import { transaction } from "./transaction.ts";

/** Returns the role of a user, and a function that changes it within the current transaction. */
export function personWriter(db: DatabaseSync) {
	const role = db.prepare("SELECT role FROM people WHERE user_id = ?");
	const count = db.prepare("SELECT count(*) AS people FROM people");
	const put = db.prepare(`
		INSERT INTO people (user_id, name, role, since, rev)
		VALUES (?, ?, ?, ?, (SELECT coalesce(max(rev), 0) + 1 FROM people))
		ON CONFLICT (user_id) DO UPDATE SET
			name = coalesce(excluded.name, name), role = excluded.role, since = excluded.since, rev = excluded.rev
	`);

	return {
		/** Returns undefined for an unknown user and null for a removed one. */
		roleOf: (id: string) => role.get(id)?.role as string | null | undefined,
		/** Returns false where there are too many people for a new one. */
		put({ id, name, role: to, at }: RoleChange): boolean {
			if (role.get(id) === undefined && Number(count.get()?.people) >= MAX_PEOPLE) return false;
			put.run(id, name ?? null, to ?? null, at);
			return true;
		},
	};
}

/** The writer thread's calls for roles and the access. */
export function peopleCalls(db: DatabaseSync) {
	const record = auditor(db);
	const { roleOf, put } = personWriter(db);
	const owners = db.prepare("SELECT count(*) AS owners FROM people WHERE role = 'owner'");
	const changed = db.prepare(`
		SELECT ${PERSON_COLUMNS}, (SELECT name FROM accounts WHERE user_id = people.user_id)
		FROM people WHERE rev > ? ORDER BY rev`);
	changed.setReturnArrays(true);
	const setting = db.prepare("SELECT value FROM chat_settings WHERE key = ?");
	const set = db.prepare(
		"INSERT INTO chat_settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
	);
	const ownerCount = () => Number(owners.get()?.owners);

	function outcomeOf(change: RoleChange): RoleOutcome {
		const former = roleOf(change.id) ?? undefined;
		if (change.role === undefined && former === undefined) return "missing";
		if (former === "owner" && change.role !== "owner" && ownerCount() === 1) return "last_owner";
		return put(change) ? "changed" : "full";
	}

	return {
		people: (after: number): PeopleState =>
			transaction(db, "BEGIN", () =>
				peopleStateOf(
					changed.all(after) as unknown as KnownPersonRow[],
					setting.get(ACCESS_KEY)?.value as string | undefined,
				),
			),
		setRole: (change: RoleChange, audit: NewAuditEntry): RoleOutcome =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				const outcome = outcomeOf(change);
				if (outcome === "changed") record(audit);
				return outcome;
			}),
		claim: ({ id, name }: User, at: number, audit: NewAuditEntry): boolean =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				const isClaimed = ownerCount() === 0 && put({ id, name, role: "owner", at });
				if (isClaimed) record(audit);
				return isClaimed;
			}),
		setAccess: (access: Access, audit: NewAuditEntry): void =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				set.run(ACCESS_KEY, access);
				record(audit);
			}),
	};
}

import type { Access } from "../../protocol/people.ts";
import type { User } from "../../protocol/session.ts";
import type { NewAuditEntry } from "../../room/ports/audit.ts";
import { MAX_PEOPLE, type PeopleState, type RoleChange, type RoleOutcome } from "../../room/ports/people.ts";
import { AUDIT_COLUMNS } from "../audit-row.ts";
import { ACCESS_KEY, type KnownPersonRow, PERSON_COLUMNS, peopleStateOf } from "../person-row.ts";
import { auditJson, auditRecords, deleteOldAudit } from "./audit.ts";
import type { Connections } from "./connections.ts";

const SET_ROLE = `
	WITH result AS MATERIALIZED (
		SELECT hubbub.set_role($1, $2, $3, $4, ${MAX_PEOPLE}) AS outcome
	), recorded AS (
		INSERT INTO hubbub.audit (${AUDIT_COLUMNS})
		SELECT ${AUDIT_COLUMNS} FROM result, ${auditRecords("$5")} WHERE outcome = 'changed'
	)
	SELECT outcome FROM result`;

const CLAIM = `
	WITH result AS MATERIALIZED (
		SELECT hubbub.claim_chat($1, $2, $3, ${MAX_PEOPLE}) AS is_claimed
	), recorded AS (
		INSERT INTO hubbub.audit (${AUDIT_COLUMNS})
		SELECT ${AUDIT_COLUMNS} FROM result, ${auditRecords("$4")} WHERE is_claimed
	)
	SELECT is_claimed FROM result`;

const SET_ACCESS = `
	WITH setting AS (
		INSERT INTO hubbub.chat_settings AS setting (key, value) VALUES ('${ACCESS_KEY}', $1)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value
	)
	INSERT INTO hubbub.audit (${AUDIT_COLUMNS}) SELECT ${AUDIT_COLUMNS} FROM ${auditRecords("$2")}`;

/** The people are read first: what changed between the reads is read again the next time. */
export async function readPeople(connections: Connections, after: number): Promise<PeopleState> {
	const people = await connections.query<KnownPersonRow>(
		`SELECT ${PERSON_COLUMNS}, (SELECT a.name FROM hubbub.accounts a WHERE a.user_id = people.user_id)
		FROM hubbub.people WHERE rev > $1 ORDER BY rev`,
		[after],
	);
	const [setting] = await connections.query<[value: string]>("SELECT value FROM hubbub.chat_settings WHERE key = $1", [
		ACCESS_KEY,
	]);
	return peopleStateOf(people, setting?.[0]);
}

export async function setRole(
	connections: Connections,
	{ id, name, role, at }: RoleChange,
	audit: NewAuditEntry,
): Promise<RoleOutcome> {
	const values = [id, name ?? null, role ?? null, at, auditJson([[0, audit]])];
	const [row] = await connections.query<[outcome: RoleOutcome]>(SET_ROLE, values);
	await deleteOldAudit(connections);
	return row![0];
}

export async function claim(
	connections: Connections,
	{ id, name }: User,
	at: number,
	audit: NewAuditEntry,
): Promise<boolean> {
	const [row] = await connections.query<[isClaimed: boolean]>(CLAIM, [id, name, at, auditJson([[0, audit]])]);
	return row![0];
}

export async function setAccess(connections: Connections, access: Access, audit: NewAuditEntry): Promise<void> {
	await connections.query(SET_ACCESS, [access, auditJson([[0, audit]])]);
	await deleteOldAudit(connections);
}

import type { DatabaseSync } from "node:sqlite";
import { MAX_PASSKEYS } from "../../protocol/limits.ts";
import type { PasskeyList } from "../../protocol/passkeys.ts";
import type { User } from "../../protocol/session.ts";
import type { AdditionOutcome, Passkey, PasskeyAddition } from "../../room/ports/accounts.ts";
import { MAX_PEOPLE } from "../../room/ports/people.ts";
import { PASSKEY_COLUMNS, type PasskeyRow, passkeyInfoOf, passkeyOf } from "../passkey-row.ts";
import { NEVER, RECOVERY } from "../session-row.ts";
import { transaction } from "./transaction.ts";

/** The writer thread's calls for passkeys and recovery codes. */
export function passkeyCalls(db: DatabaseSync) {
	const byId = db.prepare(`
		SELECT ${PASSKEY_COLUMNS}, user_id, (SELECT name FROM accounts WHERE user_id = passkeys.user_id)
		FROM passkeys WHERE id = ?`);
	byId.setReturnArrays(true);
	const byUser = db.prepare(`SELECT ${PASSKEY_COLUMNS} FROM passkeys WHERE user_id = ? ORDER BY created_at, id`);
	byUser.setReturnArrays(true);
	const insert = db.prepare(`
		INSERT INTO passkeys (id, user_id, device, public_key, counter, created_at) VALUES (?, ?, ?, ?, ?, ?)`);
	const use = db.prepare(
		"UPDATE passkeys SET counter = ?, challenged_at = ?, used_at = ? WHERE id = ? AND challenged_at < ?",
	);
	const remove = db.prepare("DELETE FROM passkeys WHERE id = ? AND user_id = ?");
	const account = db.prepare("SELECT name FROM accounts WHERE user_id = ?");
	const insertAccount = db.prepare("INSERT INTO accounts VALUES (?, ?, ?)");
	const isTaken = db.prepare("SELECT 1 FROM account_names WHERE skeleton = ? AND user_id <> ?");
	const insertName = db.prepare("INSERT INTO account_names VALUES (?, ?)");
	const insertSession = db.prepare("INSERT OR IGNORE INTO sessions VALUES (?, ?, ?, ?, ?)");
	const isPerson = db.prepare("SELECT 1 FROM people WHERE user_id = ?");
	const people = db.prepare("SELECT count(*) AS people FROM people");
	// A guest becomes a member; a removed person stays removed.
	const putPerson = db.prepare(`
		INSERT INTO people (user_id, name, role, since, rev)
		VALUES (?, ?, 'member', ?, (SELECT coalesce(max(rev), 0) + 1 FROM people))
		ON CONFLICT (user_id) DO UPDATE SET
			name = excluded.name,
			role = CASE role WHEN 'guest' THEN 'member' ELSE role END,
			since = CASE role WHEN 'guest' THEN excluded.since ELSE since END,
			rev = excluded.rev
	`);
	const insertCode = db.prepare("INSERT INTO sign_in_codes VALUES (?, ?, ?, ?, ?)");
	const deleteCodes = db.prepare("DELETE FROM sign_in_codes WHERE user_id = ? AND kind = ?");
	const codes = db.prepare("SELECT count(*) AS codes FROM sign_in_codes WHERE user_id = ? AND kind = ?");

	const nameOf = (userId: string) => account.get(userId)?.name as string | undefined;
	const passkeysOf = (userId: string) => byUser.all(userId) as unknown as PasskeyRow[];

	function refusalOf({ user, passkey, skeletons }: PasskeyAddition, isFirst: boolean): AdditionOutcome | undefined {
		if (byId.get(passkey.id)) return "known";
		if (passkeysOf(user.id).length >= MAX_PASSKEYS) return "full";
		if (!isFirst) return undefined;
		if (skeletons.some((skeleton) => isTaken.get(skeleton, user.id))) return "name_taken";
		return isPerson.get(user.id) === undefined && Number(people.get()?.people) >= MAX_PEOPLE ? "full" : undefined;
	}

	function putCodes(userId: string, name: string, codeHashes: readonly string[]): void {
		deleteCodes.run(userId, RECOVERY);
		for (const hash of codeHashes) insertCode.run(hash, userId, name, RECOVERY, NEVER);
	}

	return {
		addPasskey: (addition: PasskeyAddition): AdditionOutcome =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				const { user, passkey, session, skeletons, codeHashes } = addition;
				const isFirst = nameOf(user.id) === undefined;
				const refusal = refusalOf(addition, isFirst);
				if (refusal) return refusal;
				const { id, device, publicKey, counter, createdAt } = passkey;
				insert.run(id, user.id, device, publicKey, counter, createdAt);
				insertSession.run(session.id, user.id, session.device, session.createdAt, session.expiresAt);
				if (!isFirst) return "added";
				insertAccount.run(user.id, user.name, createdAt);
				for (const skeleton of skeletons) insertName.run(skeleton, user.id);
				putCodes(user.id, user.name, codeHashes);
				putPerson.run(user.id, user.name, createdAt);
				return "first";
			}),
		passkey(id: string): (Passkey & { user: User }) | undefined {
			const found = byId.get(id) as unknown as [...PasskeyRow, userId: string, name: string] | undefined;
			if (!found) return undefined;
			const [userId, name] = found.slice(-2) as [string, string];
			return { ...passkeyOf(found.slice(0, -2) as PasskeyRow), user: { id: userId, name } };
		},
		passkeys: (userId: string): PasskeyList => ({
			passkeys: passkeysOf(userId).map(passkeyInfoOf),
			recoveryCodes: Number(codes.get(userId, RECOVERY)?.codes),
		}),
		usePasskey: (id: string, { counter, challengedAt, at }: { counter: number; challengedAt: number; at: number }) =>
			Number(use.run(counter, challengedAt, at, id, challengedAt).changes) > 0,
		removePasskey: (userId: string, id: string): "removed" | "missing" | "last" =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				const own = passkeysOf(userId);
				if (!own.some(([known]) => known === id)) return "missing";
				if (own.length === 1) return "last";
				remove.run(id, userId);
				return "removed";
			}),
		replaceRecoveryCodes: (userId: string, codeHashes: readonly string[]): boolean =>
			transaction(db, "BEGIN IMMEDIATE", () => {
				const name = nameOf(userId);
				if (name === undefined) return false;
				putCodes(userId, name, codeHashes);
				return true;
			}),
	};
}

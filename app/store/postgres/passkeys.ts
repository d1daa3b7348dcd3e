import { MAX_PASSKEYS } from "../../protocol/limits.ts";
import type { PasskeyList } from "../../protocol/passkeys.ts";
import type { User } from "../../protocol/session.ts";
import type { AdditionOutcome, Passkey, PasskeyAddition } from "../../room/ports/accounts.ts";
import { MAX_PEOPLE } from "../../room/ports/people.ts";
import { PASSKEY_COLUMNS, type PasskeyRow, passkeyInfoOf, passkeyOf } from "../passkey-row.ts";
import { NEVER, RECOVERY } from "../session-row.ts";
import type { Connections } from "./connections.ts";

const ADD = `
	SELECT hubbub.add_passkey($1, $2, $3, $4, $5, $6, ${MAX_PASSKEYS}, ${MAX_PEOPLE}, ${NEVER})`;

const BY_ID = `
	SELECT ${PASSKEY_COLUMNS}, user_id, (SELECT a.name FROM hubbub.accounts a WHERE a.user_id = passkeys.user_id)
	FROM hubbub.passkeys WHERE id = $1`;

const USE = `
	UPDATE hubbub.passkeys SET counter = $2, challenged_at = $3, used_at = $4
	WHERE id = $1 AND challenged_at < $3
	RETURNING id`;

export async function addPasskey(connections: Connections, addition: PasskeyAddition): Promise<AdditionOutcome> {
	const { user, passkey, session, skeletons, codeHashes } = addition;
	const { id, device, publicKey, counter, createdAt } = passkey;
	const key = { id, device, public_key: publicKey, counter, created_at: createdAt };
	const { createdAt: created_at, expiresAt: expires_at, ...rest } = session;
	const [row] = await connections.query<[outcome: AdditionOutcome]>(ADD, [
		user.id,
		user.name,
		JSON.stringify(key),
		JSON.stringify({ ...rest, created_at, expires_at }),
		skeletons,
		codeHashes,
	]);
	return row![0];
}

export async function readPasskey(
	connections: Connections,
	id: string,
): Promise<(Passkey & { user: User }) | undefined> {
	const [row] = await connections.query<[...PasskeyRow, userId: string, name: string]>(BY_ID, [id]);
	if (!row) return undefined;
	const [userId, name] = row.slice(-2) as [string, string];
	return { ...passkeyOf(row.slice(0, -2) as PasskeyRow), user: { id: userId, name } };
}

export async function readPasskeys(connections: Connections, userId: string): Promise<PasskeyList> {
	const rows = await connections.query<PasskeyRow>(
		`SELECT ${PASSKEY_COLUMNS} FROM hubbub.passkeys WHERE user_id = $1 ORDER BY created_at, id COLLATE "C"`,
		[userId],
	);
	const [codes] = await connections.query<[count: number]>(
		"SELECT count(*) FROM hubbub.sign_in_codes WHERE user_id = $1 AND kind = $2",
		[userId, RECOVERY],
	);
	return { passkeys: rows.map(passkeyInfoOf), recoveryCodes: codes![0] };
}

export async function usePasskey(
	connections: Connections,
	id: string,
	{ counter, challengedAt, at }: { counter: number; challengedAt: number; at: number },
): Promise<boolean> {
	return (await connections.query(USE, [id, counter, challengedAt, at])).length > 0;
}

export async function removePasskey(
	connections: Connections,
	userId: string,
	id: string,
): Promise<"removed" | "missing" | "last"> {
	const [row] = await connections.query<["removed" | "missing" | "last"]>("SELECT hubbub.remove_passkey($1, $2)", [
		userId,
		id,
	]);
	return row![0];
}

export async function replaceRecoveryCodes(
	connections: Connections,
	userId: string,
	codeHashes: readonly string[],
): Promise<boolean> {
	const [row] = await connections.query<[isReplaced: boolean]>(
		`SELECT hubbub.replace_recovery_codes($1, $2, ${NEVER})`,
		[userId, codeHashes],
	);
	return row![0];
}

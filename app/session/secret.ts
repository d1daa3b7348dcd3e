import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, open, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "../make-folder.ts";
import type { Store } from "../room/ports/store.ts";

const SECRET_BYTES = 32;
/** Readable by the server's own user only, because its holder can sign in as any user. */
const OWNER_ONLY = 0o600;

/** The secret can't be read or stored. The message has the path and what to do. */
export class SecretError extends Error {
	override readonly name = "SecretError";
}

type SecretSettings = { sessionSecret?: string | undefined; databasePath: string };

/**
 * Returns the configured secret, or one that is generated once and stored, so that sessions outlive a restart: in a shared
 * database, or else in a file beside the SQLite file. Servers that start at the same time use the same one. Rejects with a
 * {@link SecretError}.
 */
export async function sessionSecret(config: SecretSettings, store?: Pick<Store, "getOrCreateSecret">): Promise<string> {
	if (config.sessionSecret !== undefined) return config.sessionSecret;
	if (store?.getOrCreateSecret) return store.getOrCreateSecret(randomBytes(SECRET_BYTES).toString("hex"));
	const path = join(dirname(config.databasePath), `${basename(config.databasePath)}.secret`);
	try {
		return readSecret(path) ?? (await storeSecret(path, randomBytes(SECRET_BYTES).toString("hex")));
	} catch (error) {
		if (error instanceof SecretError) throw error;
		const { code } = error as NodeJS.ErrnoException;
		throw new SecretError(`The session secret can't be stored in ${path} (${code}). Set SESSION_SECRET instead.`, {
			cause: error,
		});
	}
}

function readSecret(path: string): string | undefined {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
		throw error;
	}
	const secret = text.trim();
	if (secret.length >= SECRET_BYTES) return secret;
	throw new SecretError(`${path} does not hold a session secret. Delete the file; everyone then has to sign in again.`);
}

/** Writes a draft and links it: linking is atomic and does not overwrite the secret of another process. */
async function storeSecret(path: string, secret: string): Promise<string> {
	const draft = `${path}.${randomUUID()}`;
	makeFolder(dirname(path));
	try {
		const file = await open(draft, "wx", OWNER_ONLY);
		try {
			await file.writeFile(`${secret}\n`);
			await file.sync();
		} finally {
			await file.close();
		}
		await link(draft, path);
		return secret;
	} catch (error) {
		const other = (error as NodeJS.ErrnoException).code === "EEXIST" ? readSecret(path) : undefined;
		if (other === undefined) throw error;
		return other;
	} finally {
		await rm(draft, { force: true });
	}
}

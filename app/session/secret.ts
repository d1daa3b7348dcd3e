import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, open, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Store } from "../room/ports/store.ts";

const SECRET_BYTES = 32;
/** Nobody but the server's own user may read it: whoever knows it can sign in as anybody. */
const OWNER_ONLY = 0o600;

/** The secret can't be read or kept. The message says where and what to do. */
export class SecretError extends Error {
	override readonly name = "SecretError";
}

type SecretSettings = { sessionSecret?: string | undefined; databasePath: string };

/**
 * The configured secret, or else one that is made once and kept in the database that the servers share, or in a file
 * beside the one that they don't, so that sessions outlive a restart. Servers that start at the same moment agree on one.
 * Rejects with a {@link SecretError}.
 */
export async function sessionSecret(config: SecretSettings, store?: Pick<Store, "getOrCreateSecret">): Promise<string> {
	if (config.sessionSecret !== undefined) return config.sessionSecret;
	if (store?.getOrCreateSecret) return store.getOrCreateSecret(randomBytes(SECRET_BYTES).toString("hex"));
	const path = join(dirname(config.databasePath), `${basename(config.databasePath)}.secret`);
	try {
		return kept(path) ?? (await keep(path, randomBytes(SECRET_BYTES).toString("hex")));
	} catch (error) {
		if (error instanceof SecretError) throw error;
		const { code } = error as NodeJS.ErrnoException;
		throw new SecretError(
			`The secret of the sessions can't be kept in ${path} (${code}); set SESSION_SECRET instead.`,
			{
				cause: error,
			},
		);
	}
}

function kept(path: string): string | undefined {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
		throw error;
	}
	const secret = text.trim();
	if (secret.length >= SECRET_BYTES) return secret;
	throw new SecretError(
		`${path} should hold the secret of the sessions and does not; delete it, and everyone signs in anew.`,
	);
}

/** A link to a file that is whole already is the one step that is atomic, durable and refuses to overwrite. */
async function keep(path: string, secret: string): Promise<string> {
	const draft = `${path}.${randomUUID()}`;
	await mkdir(dirname(path), { recursive: true });
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
		const other = (error as NodeJS.ErrnoException).code === "EEXIST" ? kept(path) : undefined;
		if (other === undefined) throw error;
		return other;
	} finally {
		await rm(draft, { force: true });
	}
}

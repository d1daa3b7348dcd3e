#!/usr/bin/env node
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { runOperatorCommand, UsageError } from "./command.ts";
import type { Archive, WritableArchive } from "./migrate-store/archive.ts";
import { type CopyProgress, copy } from "./migrate-store/copy.ts";
import { verify } from "./migrate-store/verify.ts";

const HELP = `Copies a store to another one: rooms, their logs, revoked sessions, the decisions of admins, roles,
invitations, passkeys and sessions.

  npm run migrate-store -- FROM TO             each is an SQLite file, a postgres:// URL without a password, or the name of
                                               an environment variable with a URL, such as DATABASE_URL
  npm run migrate-store -- FROM TO --replace   deletes the contents of TO first

The contents of files are not copied: keep FILES_URL, or FILES_PATH (the folder "files" beside the SQLite file).
Stop the server first. The copy is read back and compared, room by room. When the command has finished, start the server on
TO (DATABASE_URL or DATABASE_PATH) with the same SESSION_SECRET: every room continues, and sessions stay valid. If the
command is interrupted, run it again with the same arguments to continue.
Exit code: 0 copied and compared, 1 failed, 2 invalid command line.

Example:
  DATABASE_URL=postgres://hubbub:…@db.example/hubbub npm run migrate-store -- ./data/hubbub.db DATABASE_URL`;

const PROGRESS_MS = 1_000;
const OPTIONS = { replace: { type: "boolean", default: false } } as const;

await runOperatorCommand(HELP, OPTIONS, async (names, { replace }) => {
	const [from, to] = names.map(storeOf);
	if (from === undefined || to === undefined || names.length > 2) throw new UsageError("Give two stores: FROM and TO.");
	if (displayName(from) === displayName(to)) throw new UsageError("FROM and TO are the same.");
	const source = await openSource(from);
	try {
		const target = await openTarget(to);
		try {
			await migrate(source, target, { from: displayName(from), to: displayName(to), replace });
		} finally {
			await target.close();
		}
	} finally {
		await source.close();
	}
});

async function migrate(
	source: Archive,
	target: WritableArchive,
	{ from, to, replace }: { from: string; to: string; replace: boolean },
): Promise<void> {
	const unfinished = await target.copyOf();
	if (replace) await target.clear();
	else if (unfinished === from) console.log("Continuing an unfinished copy.");
	else if (unfinished !== undefined)
		throw new Error(`${to} contains an unfinished copy of ${unfinished}. Add --replace to delete it.`);
	else if (await hasRooms(target)) throw new Error(`${to} already contains rooms. Add --replace to delete them.`);
	await target.setCopyOf(from);
	console.log(`Copying ${from} to ${to} …`);
	await copy(source, target, progress("copied"));
	console.log("Comparing …");
	const { rooms, entries } = await verify(source, target, progress("compared"));
	await target.setCopyOf(undefined);
	console.log(`Done: ${rooms} rooms with ${entries} entries are in ${to}, identical to ${from}.`);
}

async function hasRooms(store: Archive): Promise<boolean> {
	for await (const _room of store.rooms()) return true;
	return false;
}

function progress(label: string): (done: CopyProgress) => void {
	let next = performance.now() + PROGRESS_MS;
	return ({ rooms, entries }) => {
		if (performance.now() < next) return;
		next = performance.now() + PROGRESS_MS;
		console.log(`  ${label}: ${rooms} rooms, ${entries} entries`);
	};
}

async function openSource(name: string): Promise<Archive> {
	if (isUrl(name)) return (await import("./migrate-store/postgres-archive.ts")).postgresSource(name);
	if (!existsSync(name)) throw new Error(`There is no file ${name}.`);
	return (await import("./migrate-store/sqlite-archive.ts")).sqliteSource(resolve(name));
}

async function openTarget(name: string): Promise<WritableArchive> {
	if (isUrl(name)) return (await import("./migrate-store/postgres-archive.ts")).postgresTarget(name);
	return (await import("./migrate-store/sqlite-archive.ts")).sqliteTarget(resolve(name));
}

/** Returns a store by its name, or by that of an environment variable: every user of a machine can read its command lines. */
function storeOf(name: string): string {
	if (isUrl(name) && URL.parse(name)?.password)
		throw new UsageError("Give a URL with a password in an environment variable, and the variable's name here.");
	if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return name;
	const value = process.env[name];
	if (!value) throw new UsageError(`The environment variable ${name} is not set.`);
	return value;
}

function isUrl(name: string): boolean {
	return /^postgres(ql)?:/.test(name);
}

/** Returns the name of a store to print and to record: an absolute path, or a URL without its password. */
function displayName(name: string): string {
	if (!isUrl(name)) return resolve(name);
	const { protocol, host, pathname } = new URL(name);
	return `${protocol}//${host}${pathname}`;
}

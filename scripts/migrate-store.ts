#!/usr/bin/env node
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Source, Target } from "./migrate-store/archive.ts";
import { type Counts, copy } from "./migrate-store/copy.ts";
import { verify } from "./migrate-store/verify.ts";

const HELP = `Copies everything from one store to another: rooms, their whole logs, and the sessions that were ended.

  npm run migrate-store -- FROM TO             each is an SQLite file or a postgres:// URL
  npm run migrate-store -- FROM TO --replace   forgets what TO has first

Stop the server first. The copy is read again and compared, room by room; when that is done, and not before, start the
server on TO (DATABASE_URL or DATABASE_PATH) with the same SESSION_SECRET: every log goes on where it was, and nobody
has to sign in anew. If this is interrupted, call it again with the same names, and it goes on where it was.
Exit code: 0 copied and compared, 1 failed, 2 called wrongly.

Example:
  npm run migrate-store -- ./data/hubbub.db postgres://hubbub:secret@db.example:5432/hubbub`;

const PROGRESS_MS = 1_000;

/** A wrong call, with a sentence. */
class Refused extends Error {}

try {
	await main();
} catch (error) {
	console.error((error as Error).message);
	if (error instanceof Refused) console.error(`\n${HELP}`);
	process.exitCode = error instanceof Refused ? 2 : 1;
}

async function main(): Promise<void> {
	const { from, to, replace, help } = readArguments();
	if (help) return console.log(HELP);
	const source = await openSource(from);
	try {
		const target = await openTarget(to);
		try {
			await migrate(source, target, { from: shown(from), to: shown(to), replace });
		} finally {
			await target.close();
		}
	} finally {
		await source.close();
	}
}

async function migrate(
	source: Source,
	target: Target,
	{ from, to, replace }: { from: string; to: string; replace: boolean },
): Promise<void> {
	const begun = await target.copyOf();
	if (replace) await target.clear();
	else if (begun === from) console.log("Going on with the copy that was begun.");
	else if (begun !== undefined)
		throw new Error(`${to} has an unfinished copy of ${begun}. Say --replace if it is to be forgotten.`);
	else if (await hasRooms(target))
		throw new Error(`There are rooms in ${to} already. Say --replace if they are to be forgotten.`);
	await target.setCopyOf(from);
	console.log(`Copying ${from} to ${to} …`);
	await copy(source, target, progress("copied"));
	console.log("Comparing …");
	const { rooms, entries } = await verify(source, target, progress("compared"));
	await target.setCopyOf(undefined);
	console.log(`Done: ${rooms} rooms with ${entries} entries are in ${to}, and the same as in ${from}.`);
}

async function hasRooms(store: Source): Promise<boolean> {
	for await (const _room of store.rooms()) return true;
	return false;
}

function progress(verb: string): (done: Counts) => void {
	let next = performance.now() + PROGRESS_MS;
	return ({ rooms, entries }) => {
		if (performance.now() < next) return;
		next = performance.now() + PROGRESS_MS;
		console.log(`  ${verb}: ${rooms} rooms, ${entries} entries`);
	};
}

async function openSource(name: string): Promise<Source> {
	if (isUrl(name)) return (await import("./migrate-store/postgres-archive.ts")).postgresSource(name);
	if (!existsSync(name)) throw new Error(`There is no file ${name}.`);
	return (await import("./migrate-store/sqlite-archive.ts")).sqliteSource(resolve(name));
}

async function openTarget(name: string): Promise<Target> {
	if (isUrl(name)) return (await import("./migrate-store/postgres-archive.ts")).postgresTarget(name);
	return (await import("./migrate-store/sqlite-archive.ts")).sqliteTarget(resolve(name));
}

function isUrl(name: string): boolean {
	return /^postgres(ql)?:/.test(name);
}

/** A name to print and to remember: an absolute path, or a URL without its password. */
function shown(name: string): string {
	if (!isUrl(name)) return resolve(name);
	const { protocol, host, pathname } = new URL(name);
	return `${protocol}//${host}${pathname}`;
}

function readArguments(): { from: string; to: string; replace: boolean; help: boolean } {
	try {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: { replace: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
		});
		const [from, to, ...rest] = positionals;
		if (values.help) return { from: "", to: "", ...values };
		if (from === undefined || to === undefined || rest.length > 0) throw new Error("Name two stores: FROM and TO.");
		if (shown(from) === shown(to)) throw new Error("FROM and TO are the same.");
		return { from, to, ...values };
	} catch (error) {
		throw new Refused((error as Error).message);
	}
}

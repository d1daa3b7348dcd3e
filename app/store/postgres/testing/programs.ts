import { spawnSync } from "node:child_process";
import { globSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where `postgres` and `initdb` are: beside the program that POSTGRES names, or where Debian puts them. */
export function programsFolder(): string {
	const named = process.env.POSTGRES;
	if (named) return dirname(realpathSync(named));
	const [found] = globSync("/usr/lib/postgresql/*/bin/postgres").sort().reverse();
	if (!found) throw new Error("There is no PostgreSQL here. Install it, or set POSTGRES to the path of its server.");
	return dirname(found);
}

/** The command line of one of its programs, as a user whom PostgreSQL accepts: it refuses to run as root. */
export function commandFor(program: string, args: string[]): [command: string, args: string[]] {
	const path = join(programsFolder(), program);
	if (!isRoot()) return [path, args];
	return ["setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, ...args]];
}

/** The numbers of the user and the group that PostgreSQL runs as; undefined where that is whoever runs this. */
export function owner(): [uid: number, gid: number] | undefined {
	return isRoot() ? [idOf("-u"), idOf("-g")] : undefined;
}

function idOf(option: "-u" | "-g"): number {
	return Number(spawnSync("id", [option, "postgres"], { encoding: "utf8" }).stdout);
}

function isRoot(): boolean {
	return process.getuid?.() === 0;
}

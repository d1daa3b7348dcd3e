import { spawnSync } from "node:child_process";
import { globSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** Returns the folder of `postgres` and `initdb`: that of the program in POSTGRES, or Debian's. */
export function programsFolder(): string {
	const named = process.env.POSTGRES;
	if (named) return dirname(realpathSync(named));
	const [found] = globSync("/usr/lib/postgresql/*/bin/postgres").sort().reverse();
	if (!found) throw new Error("There is no PostgreSQL here. Install it, or set POSTGRES to the path of its server.");
	return dirname(found);
}

/** Returns the command line of one of its programs, as a user that PostgreSQL accepts: it refuses to run as root. */
export function commandFor(program: string, args: string[]): [command: string, args: string[]] {
	const path = join(programsFolder(), program);
	if (!isRoot()) return [path, args];
	return ["setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, ...args]];
}

/** Returns the user and group ids that PostgreSQL runs as; undefined if they are those of this process. */
export function owner(): [uid: number, gid: number] | undefined {
	return isRoot() ? [idOf("-u"), idOf("-g")] : undefined;
}

function idOf(option: "-u" | "-g"): number {
	return Number(spawnSync("id", [option, "postgres"], { encoding: "utf8" }).stdout);
}

function isRoot(): boolean {
	return process.getuid?.() === 0;
}

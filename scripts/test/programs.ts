import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { delimiter, join } from "node:path";

type Program = {
	/** The environment variable with its path, for this program and for the tests. */
	variable: string;
	/** Names on the PATH or full paths, in order of preference. A star in a path matches anything. */
	names: string[];
	debianPackage: string;
	howToGet: string;
};

/** Programs that tests use and that are not on npm. */
const PROGRAMS = {
	chromium: {
		variable: "CHROMIUM",
		names: [
			"chromium",
			"chromium-browser",
			"google-chrome",
			"google-chrome-stable",
			"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"/Applications/Chromium.app/Contents/MacOS/Chromium",
			"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
		],
		debianPackage: "chromium",
		howToGet: "Install Chromium or Chrome, or set CHROMIUM to its path.",
	},
	postgres: {
		variable: "POSTGRES",
		// Debian has a folder per version, and none of them on the PATH.
		names: ["/usr/lib/postgresql/*/bin/postgres", "postgres"],
		debianPackage: "postgresql",
		howToGet:
			"Install PostgreSQL's server, or set POSTGRES to the path of the program postgres, with initdb beside it.",
	},
	redis: {
		variable: "REDIS",
		names: ["redis-server", "valkey-server"],
		debianPackage: "redis-server",
		howToGet: "Install Redis or Valkey, or set REDIS to the path of its server.",
	},
	nginx: {
		variable: "NGINX",
		names: ["/usr/sbin/nginx", "nginx"],
		debianPackage: "nginx",
		howToGet: "Install nginx.",
	},
	openssl: { variable: "OPENSSL", names: ["openssl"], debianPackage: "openssl", howToGet: "Install openssl." },
	ip: { variable: "IP", names: ["ip", "/usr/sbin/ip"], debianPackage: "iproute2", howToGet: "Install iproute2." },
	strace: { variable: "STRACE", names: ["strace"], debianPackage: "strace", howToGet: "Install strace." },
	faketime: {
		// Not FAKETIME, which the library reads as a time.
		variable: "LIBFAKETIME",
		names: ["/usr/lib/*/faketime/libfaketimeMT.so.1"],
		debianPackage: "faketime",
		howToGet: "Install faketime.",
	},
} satisfies Record<string, Program>;

export type ProgramName = keyof typeof PROGRAMS;

/** The path of a program and the variable for it, or how to install the program. */
export type Provided = { variable: string; path: string } | { missing: string };

/** Finds a program. Installs a missing one if this is root on Debian or a derivative. */
export function provideProgram(name: ProgramName): Provided {
	const { variable, names, debianPackage, howToGet }: Program = PROGRAMS[name];
	const set = process.env[variable];
	if (set)
		return existsSync(set) ? { variable, path: set } : { missing: `${variable} names ${set}, which is not there.` };

	const path = find(names) ?? (installOnDebian(debianPackage) ? find(names) : undefined);
	return path ? { variable, path } : { missing: howToGet };
}

function find(names: string[]): string | undefined {
	const folders = (process.env.PATH ?? "").split(delimiter);
	return names
		.flatMap((name) => (/[\\/]/.test(name) ? matches(name) : folders.map((folder) => join(folder, name))))
		.find((path) => existsSync(path));
}

/** Returns the matching paths, newest version first. */
function matches(path: string): string[] {
	return path.includes("*") ? globSync(path).sort().reverse() : [path];
}

function installOnDebian(debianPackage: string): boolean {
	if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
	console.log(`Installing ${debianPackage} with apt-get, once…`);
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	const aptGet = (...args: string[]) => spawnSync("apt-get", args, { env, stdio: "ignore" }).status === 0;
	return aptGet("update", "-qq") && aptGet("install", "-qq", "-y", "--no-install-recommends", debianPackage);
}

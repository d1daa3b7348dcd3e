/** Measures the size of the image's root file system without a Docker engine, by assembling it with mmdebstrap. */
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ServerProcess } from "../../load/kit/server-process.ts";
import { TempFolder } from "../../load/kit/temp-folder.ts";
import { root } from "../root.ts";
import { smoke } from "../smoke/smoke.ts";

const HELP = `Measures the image's root file system, and starts the server in it.

  npm run build && npm run measure:image

Assembles the contents of the Dockerfile's last stage: a minimal Debian trixie (as in debian:trixie-slim, the base of
node:*-trixie-slim, plus libatomic1, which that image installs), this machine's Node, and dist/.
It needs root and mmdebstrap (Debian: apt-get install mmdebstrap), and downloads about 30 MB of packages.`;

/** Files that debian:trixie-slim excludes. */
const EXCLUDED = ["man", "doc", "locale", "info", "lintian", "linda", "groff"].map((name) => `/usr/share/${name}/*`);

const built = join(root, "dist");
if (process.argv.includes("--help")) {
	console.log(HELP);
} else if (process.getuid?.() !== 0 || spawnSync("mmdebstrap", ["--version"]).status !== 0) {
	console.error(`Measuring the image needs root and mmdebstrap.\n\n${HELP}`);
	process.exitCode = 2;
} else if (!existsSync(join(built, "main.mjs"))) {
	console.error("dist/main.mjs does not exist: run npm run build first.");
	process.exitCode = 2;
} else {
	using folder = new TempFolder("hubbub-rootfs-");
	// Readable for the user node.
	chmodSync(folder.path, 0o755);
	await measure(folder.file("rootfs"));
}

async function measure(rootfs: string): Promise<void> {
	console.log("Installing Debian …");
	const excludes = EXCLUDED.map((path) => `--dpkgopt=path-exclude=${path}`);
	run("mmdebstrap", ["--quiet", "--variant=minbase", "--include=libatomic1", ...excludes, "trixie", rootfs]);
	const debian = megabytes(rootfs);
	copyFileSync(process.execPath, join(rootfs, "usr/local/bin/node"));
	copyFileSync(join(root, "scripts/image/as-node.sh"), join(rootfs, "usr/local/bin/as-node"));
	chmodSync(join(rootfs, "usr/local/bin/as-node"), 0o755);
	const node = megabytes(rootfs) - debian;
	cpSync(built, join(rootfs, "app"), { recursive: true });
	const total = megabytes(rootfs);

	mkdirSync(join(rootfs, "data"));
	run("mount", ["-t", "proc", "proc", join(rootfs, "proc")]);
	try {
		const command = ["chroot", rootfs, "as-node", "node", "/app/main.mjs"];
		await using server = await ServerProcess.start({ command, env: { DATABASE_PATH: "/data/hubbub.db" } });
		const result = await smoke(server.url);
		const code = await server.stop();
		console.log(
			`Started in this file system, the server ${result.ok && code === 0 ? "passes" : "FAILS"} the smoke test.`,
		);
		if (!result.ok || code !== 0) process.exitCode = 1;
	} finally {
		run("umount", [join(rootfs, "proc")]);
	}
	console.log(`\nMB on disk (${process.arch}, Node ${process.versions.node})`);
	console.log(`  Debian trixie, minimal, with libatomic1  ${debian.toFixed(1).padStart(6)}`);
	console.log(`  Node                                     ${node.toFixed(1).padStart(6)}`);
	console.log(`  Hubbub                                   ${(total - debian - node).toFixed(1).padStart(6)}`);
	console.log(`  all                                      ${total.toFixed(1).padStart(6)}`);
}

/** Disk usage in units of 1,000,000 bytes. */
function megabytes(folder: string): number {
	return (Number(run("du", ["-sxk", folder]).split("\t")[0]) * 1024) / 1_000_000;
}

function run(program: string, args: string[]): string {
	const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
	if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
	return stdout;
}

/** How large the image's root file system is, without a Docker engine: its parts, put together with Debian's own tool. */
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runServer } from "../local-server/run-server.ts";
import { root } from "../root.ts";
import { smoke } from "../smoke/smoke.ts";

const HELP = `Measures the image's root file system, and starts the server in it.

  npm run build && npm run measure:image

Puts together what the Dockerfile's last stage has: a minimal Debian trixie (as debian:trixie-slim, which node:*-trixie-slim
is built on, plus libatomic1 as that installs it), this machine's Node, dist/ and the code compiled ahead. It needs
root and mmdebstrap (Debian: apt-get install mmdebstrap), and fetches some 30 MB of packages.`;

/** What debian:trixie-slim leaves out. */
const LEFT_OUT = ["man", "doc", "locale", "info", "lintian", "linda", "groff"].map((name) => `/usr/share/${name}/*`);

const built = join(root, "dist");
if (process.argv.includes("--help")) {
	console.log(HELP);
} else if (process.getuid?.() !== 0 || spawnSync("mmdebstrap", ["--version"]).status !== 0) {
	console.error(`Not measured: it needs root and mmdebstrap.\n\n${HELP}`);
	process.exitCode = 2;
} else if (!existsSync(join(built, "main.mjs"))) {
	console.error("There is no dist/main.mjs yet: npm run build");
	process.exitCode = 2;
} else {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-rootfs-"));
	// The user node has to get in.
	chmodSync(folder, 0o755);
	try {
		await measure(join(folder, "rootfs"));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function measure(rootfs: string): Promise<void> {
	console.log("Putting Debian together …");
	const excludes = LEFT_OUT.map((path) => `--dpkgopt=path-exclude=${path}`);
	must("mmdebstrap", ["--quiet", "--variant=minbase", "--include=libatomic1", ...excludes, "trixie", rootfs]);
	const debian = megabytes(rootfs);
	copyFileSync(process.execPath, join(rootfs, "usr/local/bin/node"));
	copyFileSync(join(root, "scripts/image/as-node.sh"), join(rootfs, "usr/local/bin/as-node"));
	chmodSync(join(rootfs, "usr/local/bin/as-node"), 0o755);
	const node = megabytes(rootfs) - debian;
	cpSync(built, join(rootfs, "app"), { recursive: true });
	must("node", [
		join(root, "scripts/image/bake-compile-cache.ts"),
		join(rootfs, "app/main.mjs"),
		join(rootfs, "app/compile-cache"),
	]);
	const total = megabytes(rootfs);

	mkdirSync(join(rootfs, "data"));
	must("mount", ["-t", "proc", "proc", join(rootfs, "proc")]);
	try {
		const command = ["chroot", rootfs, "as-node", "node", "/app/main.mjs"] as const;
		const server = await runServer({ command: [...command], env: { DATABASE_PATH: "/data/hubbub.db" } });
		const result = await smoke(server.url);
		const code = await server.stop();
		console.log(`Started in it, the server ${result.ok && code === 0 ? "passes" : "FAILS"} the smoke test.`);
		if (!result.ok || code !== 0) process.exitCode = 1;
	} finally {
		must("umount", [join(rootfs, "proc")]);
	}
	console.log(`\nMB on disk (${process.arch}, Node ${process.versions.node})`);
	console.log(`  Debian trixie, minimal, with libatomic1  ${debian.toFixed(1).padStart(6)}`);
	console.log(`  Node                                     ${node.toFixed(1).padStart(6)}`);
	console.log(`  Hubbub, with its code compiled ahead     ${(total - debian - node).toFixed(1).padStart(6)}`);
	console.log(`  all                                      ${total.toFixed(1).padStart(6)}`);
}

/** Millions of bytes, in whole blocks. */
function megabytes(folder: string): number {
	return (Number(must("du", ["-sxk", folder]).split("\t")[0]) * 1024) / 1_000_000;
}

function must(program: string, args: string[]): string {
	const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
	if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
	return stdout;
}

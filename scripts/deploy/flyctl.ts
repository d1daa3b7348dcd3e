import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { Stop } from "./stop.ts";

export type FlyctlResult = { code: number; stdout: string; stderr: string };

export type Flyctl = {
	/** Runs a command and returns its output. `input` is its standard input. */
	ask(args: string[], input?: string): Promise<FlyctlResult>;
	/**
	 * Runs a command with --json. Returns its output with keys in lower case and without underscores, and [] for null.
	 * @param nothing the text that the command prints instead of an empty list
	 */
	json(args: string[], nothing?: RegExp): Promise<unknown>;
	/** Runs a command. Rejects with a {@link Stop} if it fails. */
	must(args: string[], input?: string): Promise<FlyctlResult>;
	/** Runs a long command with its output on the terminal. Returns the end of the output. */
	show(args: string[]): Promise<FlyctlResult>;
};

const KEPT_CHARS = 65_536;

export function flyctlAt(executable: string, explain: (answer: FlyctlResult, args: string[]) => Stop): Flyctl {
	const ask = (args: string[], input = "") => run(executable, args, { input, show: false });
	return {
		ask,
		show: (args) => run(executable, args, { input: "", show: true }),
		async must(args, input) {
			const answer = await ask(args, input);
			if (answer.code !== 0) throw explain(answer, args);
			return answer;
		},
		async json(args, nothing) {
			const answer = await ask([...args, "--json"]);
			if (answer.code !== 0) throw explain(answer, args);
			if (nothing?.test(answer.stdout)) return [];
			try {
				return plainKeys(JSON.parse(answer.stdout)) ?? [];
			} catch {
				throw new Stop(
					1,
					`\`flyctl ${args.join(" ")} --json\` did not print JSON. Update it with: flyctl version upgrade`,
				);
			}
		},
	};
}

/** Returns the path of flyctl: on the PATH, or in the folder of its installer. */
export async function findFlyctl(): Promise<string> {
	const name = process.platform === "win32" ? "flyctl.exe" : "flyctl";
	const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
	for (const folder of [...folders, join(homedir(), ".fly", "bin")]) {
		const candidate = join(folder, name);
		if (await isExecutable(candidate)) return candidate;
	}
	throw new Stop(
		2,
		"flyctl, the command-line tool of Fly.io, is not installed. Install it and run this again:",
		"  macOS    brew install flyctl",
		"  Linux    curl -L https://fly.io/install.sh | sh",
		"  Windows  iwr https://fly.io/install.ps1 -useb | iex",
	);
}

function isExecutable(path: string): Promise<boolean> {
	return access(path, constants.X_OK).then(
		() => true,
		() => false,
	);
}

/** Normalises the keys, whose case depends on the version of flyctl: `Name`, `name`, `SizeGb`, `size_gb`. */
function plainKeys(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plainKeys);
	if (value === null || typeof value !== "object") return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [key.toLowerCase().replaceAll("_", ""), plainKeys(inner)]),
	);
}

function run(
	executable: string,
	args: string[],
	{ input, show }: { input: string; show: boolean },
): Promise<FlyctlResult> {
	return new Promise((resolve, reject) => {
		const child = spawn(executable, args, { stdio: "pipe" });
		let stdout = "";
		let stderr = "";
		child.stdout.setEncoding("utf8").on("data", (text: string) => {
			stdout = show ? (stdout + text).slice(-KEPT_CHARS) : stdout + text;
			if (show) process.stdout.write(text);
		});
		child.stderr.setEncoding("utf8").on("data", (text: string) => {
			stderr = (stderr + text).slice(-KEPT_CHARS);
			if (show) process.stderr.write(text);
		});
		child.once("error", reject);
		child.once("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
		// A command that exits without reading its input breaks the pipe; its exit code decides.
		child.stdin.on("error", () => {});
		child.stdin.end(input);
	});
}

import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { Stop } from "./stop.ts";

export type FlyctlResult = { code: number; stdout: string; stderr: string };

export type Flyctl = {
	/** Runs a command to its end and keeps what it says. `input` goes to its standard input. */
	ask(args: string[], input?: string): Promise<FlyctlResult>;
	/**
	 * Runs a command that answers in JSON: keys in lower case without underscores, an absent list as an empty one.
	 * @param nothing what it says instead of JSON where there is nothing
	 */
	json(args: string[], nothing?: RegExp): Promise<unknown>;
	/** Runs a command that has to succeed; rejects with a {@link Stop}. */
	must(args: string[], input?: string): Promise<FlyctlResult>;
	/** Runs a long command with its output on the terminal, and keeps the end of it. */
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
					`\`flyctl ${args.join(" ")} --json\` didn't answer in JSON. Update it: flyctl version upgrade`,
				);
			}
		},
	};
}

/** Where flyctl is: on the PATH, or where its installer puts it. */
export async function findFlyctl(): Promise<string> {
	const name = process.platform === "win32" ? "flyctl.exe" : "flyctl";
	const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
	for (const folder of [...folders, join(homedir(), ".fly", "bin")]) {
		const candidate = join(folder, name);
		if (await isExecutable(candidate)) return candidate;
	}
	throw new Stop(
		2,
		"flyctl, the command of Fly.io, is not installed. Install it and run this again:",
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

/** Versions of flyctl differ in the case of their keys: `Name`, `name`, `SizeGb`, `size_gb`. */
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
		// A command that ends without reading its input is judged by its exit code, not by the broken pipe.
		child.stdin.on("error", () => {});
		child.stdin.end(input);
	});
}

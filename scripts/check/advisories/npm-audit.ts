import { execFile } from "node:child_process";
import { npmCommand } from "../../setup/npm.mjs";

const TIMEOUT_MS = 30_000;
/** From this severity on something has to be done. */
const COUNTED = ["moderate", "high", "critical"];
/** A registry that does not answer is soon given up. */
const QUICK = ["--fetch-retries=0", "--fetch-timeout=10000", "--loglevel=silent"];

export type Audit =
	/** What is known, a sentence a package; nothing when all is well. */
	| { problems: string[] }
	/** Why the registry could not be asked. */
	| { unanswered: string };

type Report = {
	vulnerabilities?: Record<string, { severity: string; via: (string | { title: string; url: string })[] }>;
	message?: string;
	error?: { summary?: string };
};

/**
 * Asks the registry what is known about the packages in a folder's lock file, without those for development.
 * @param env what npm gets beside our own environment, for example another registry
 */
export async function audit(folder: string, env: Record<string, string> = {}): Promise<Audit> {
	const [command, first, shell] = npmCommand();
	const args = [...first, "audit", "--omit=dev", "--json", "--package-lock-only", ...QUICK];
	const options = { cwd: folder, shell, env: { ...process.env, ...env }, timeout: TIMEOUT_MS, maxBuffer: 2 ** 26 };
	const output = await new Promise<string>((resolve) => {
		// It ends with 1 when it found something, and when it could not ask: what it says tells these apart.
		execFile(command, args, options, (_error, stdout) => resolve(stdout));
	});
	return readReport(output);
}

function readReport(output: string): Audit {
	let report: Report;
	try {
		report = JSON.parse(output) as Report;
	} catch {
		return { unanswered: "npm audit said nothing that can be read" };
	}
	if (report.vulnerabilities === undefined)
		return { unanswered: report.message ?? report.error?.summary ?? "npm audit gave no reason" };
	const counted = Object.entries(report.vulnerabilities).filter(([, { severity }]) => COUNTED.includes(severity));
	const problems = counted.map(([name, { severity, via }]) => {
		const titles = via.map((cause) => (typeof cause === "string" ? `by ${cause}` : `${cause.title} ${cause.url}`));
		return `${name}: ${severity}; ${titles.join("; ")}`;
	});
	return { problems };
}

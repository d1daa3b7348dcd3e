import { execFile } from "node:child_process";
import { npmCommand } from "../setup/npm.mjs";

const TIMEOUT_MS = 30_000;
/** Lower severities are not reported. */
const REPORTED = ["moderate", "high", "critical"];
const FAIL_FAST = ["--fetch-retries=0", "--fetch-timeout=10000", "--loglevel=silent"];

export type NpmAudit =
	/** One sentence per vulnerable package. */
	| { vulnerable: string[] }
	/** Why the registry returned no audit. */
	| { unavailable: string };

type Report = {
	vulnerabilities?: Record<string, { severity: string; via: (string | { title: string; url: string })[] }>;
	message?: string;
	error?: { summary?: string };
};

/**
 * Runs `npm audit` on the lock file of a folder, without development dependencies. Not every registry offers audits.
 * @param env added to this process's environment, for example to select another registry
 */
export async function npmAudit(folder: string, env: Record<string, string> = {}): Promise<NpmAudit> {
	const [command, first, shell] = npmCommand();
	const args = [...first, "audit", "--omit=dev", "--json", "--package-lock-only", ...FAIL_FAST];
	const options = { cwd: folder, shell, env: { ...process.env, ...env }, timeout: TIMEOUT_MS, maxBuffer: 2 ** 26 };
	const output = await new Promise<string>((resolve) => {
		// npm exits with 1 both for vulnerabilities and for errors; only the report distinguishes the two.
		execFile(command, args, options, (_error, stdout) => resolve(stdout));
	});
	return readReport(output);
}

function readReport(output: string): NpmAudit {
	let report: Report;
	try {
		report = JSON.parse(output) as Report;
	} catch {
		return { unavailable: "npm audit printed no report" };
	}
	if (report.vulnerabilities === undefined)
		return { unavailable: report.message ?? report.error?.summary ?? "npm audit gave no reason" };
	const reported = Object.entries(report.vulnerabilities).filter(([, { severity }]) => REPORTED.includes(severity));
	return {
		vulnerable: reported.map(([name, { severity, via }]) => {
			const causes = via.map((cause) => (typeof cause === "string" ? `by ${cause}` : `${cause.title} ${cause.url}`));
			return `${name}: ${severity}; ${causes.join("; ")}`;
		}),
	};
}

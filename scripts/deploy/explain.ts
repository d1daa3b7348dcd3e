import type { FlyctlResult } from "./flyctl.ts";
import { Stop } from "./stop.ts";

const LAST_LINES = 12;

/** Returns the error for a failed flyctl command, with what to do about it. */
export function explain(answer: FlyctlResult, args: string[], app: string): Stop {
	const output = withoutAddresses(`${answer.stderr}\n${answer.stdout}`.trim());
	if (/older-style tokens/i.test(output)) {
		return new Stop(2, "Managed Postgres needs a newer login: run `flyctl auth logout`, then `flyctl auth login`.");
	}
	if (/no access token|not logged in|unauthorized|must be authenticated|token .*(?:invalid|expired)/i.test(output)) {
		return new Stop(2, "You are not logged in to Fly.io.", LOGIN);
	}
	if (/already been taken|name_taken/i.test(output)) {
		return new Stop(
			2,
			`The name "${app}" is taken: names are unique among all apps on Fly.io.`,
			"Choose another name: npm run deploy -- --app ANOTHER-NAME",
		);
	}
	if (/payment (?:information|method)|credit card|billing/i.test(output)) {
		return new Stop(
			2,
			"Fly.io needs a payment card before it runs anything.",
			"Add one at https://fly.io/dashboard/personal/billing (or your organisation's page) and run this again.",
		);
	}
	if (/organization .*not found|could not find organization|org slug must be specified/i.test(output)) {
		return new Stop(2, "There is no such organisation. List yours with `flyctl orgs list`, and give one with --org.");
	}
	if (/no such host|dial tcp|connection refused|i\/o timeout|network is unreachable/i.test(output)) {
		return new Stop(1, "Fly.io cannot be reached. Check the network and run this again.", ...lastLines(output));
	}
	return new Stop(1, `\`flyctl ${args.join(" ")}\` failed (exit code ${answer.code}):`, ...lastLines(output));
}

export const LOGIN =
	"Log in with `flyctl auth login` (without an account: `flyctl auth signup`); in CI set FLY_API_TOKEN.";

/** Hides the addresses of databases, which contain passwords. */
function withoutAddresses(text: string): string {
	return text.replaceAll(/\b(postgres|postgresql|redis|rediss):\/\/\S+/g, "$1://(hidden)");
}

function lastLines(output: string): string[] {
	return output
		.split("\n")
		.slice(-LAST_LINES)
		.map((line) => `  ${line}`);
}

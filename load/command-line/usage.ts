import { count } from "../kit/report.ts";
import { profileNames, readProfile } from "../scenario/profile.ts";
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS } from "./settings.ts";

/** Returns the text of `--help`. */
export function usage(): string {
	const settings = SETTING_NAMES.map((name) => `  --${name.padEnd(14)}${SETTINGS[name].help}`);
	return `Measures how many users this chat holds.

  npm run load                                     a local server, 1,000 users
  npm run load -- --profile burst --users 500      another profile, another size
  npm run load -- --find-capacity                  increases the load until the goal is missed
  LOAD_TOKEN=... npm run load -- --target https://my-chat.fly.dev --users 2000 --duration 60

Profile
  --profile NAME  one of these (default: steady), or the path of your own scenario file (.yml)
${profileNames().flatMap(profileLines).join("\n")}

Size (default: the profile's number, see above)
${settings.join("\n")}

Target
  --target URL    the deployment; without it, a local server with a temporary database
  --target URL,URL…
                  several servers of one chat: the members of each room are spread over all of them
  --processes N   number of local servers, on the PostgreSQL of DATABASE_URL and the Redis of REDIS_URL
  --token TOKEN   the deployment's LOAD_TOKEN, which lifts the limits per address; better in the environment
  --transport T   websocket (the default) or polling
  --ca FILE       a certificate to trust beside the usual ones, for a self-signed server
  --yes           do not ask before loading a host that is not this machine

Result
  --find-capacity  find the greatest number of users: doubles the load until the goal is missed, then bisects
  --max-users N    upper bound of --find-capacity (default: 20,000, or what the limit of open files allows)
  --report FOLDER  folder for report.html and report.json (default: reports/load-<run>)
  --compare FILE   an older report.json to show beside this run

Exit code: 0 the goal was met; 1 it was missed, or the run is inconclusive; 2 the command cannot be carried
out; 130 interrupted by Ctrl-C. The rooms of a run are named load-<run>-... and are removed at its end.
`;
}

function profileLines(name: string): string[] {
	const { summary, load } = readProfile(name);
	const { users, members, rooms, rate, duration, sizes, p99 } = { ...DEFAULT_SETTINGS, ...load };
	const where =
		rooms === 1
			? "one room"
			: rooms > 0
				? `${count(rooms)} rooms`
				: `rooms of ${sizes === "varied" ? "about " : ""}${count(members)}`;
	const size = `${count(users)} users in ${where}, ${rate} messages/s per room, for ${count(duration)} s; goal: p99 ${count(p99)} ms`;
	// The first line of the file begins with the profile's name.
	return [`  ${name.padEnd(12)}${summary.replace(/^\w+: /, "")}`, `  ${"".padEnd(12)}${size}`];
}

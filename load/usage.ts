import { profileNames, readProfile } from "./profile.ts";
import { count } from "./report/figures.ts";
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS } from "./settings.ts";

/** The text of `--help`. */
export function usage(): string {
	const settings = SETTING_NAMES.map((name) => `  --${name.padEnd(14)}${SETTINGS[name].help}`);
	return `How many users will this chat hold?

  npm run load                                     a server of our own on this machine, 1,000 users
  npm run load -- --profile burst --users 500      another profile, another size
  npm run load -- --find-capacity                  steps the load up until the goal breaks
  LOAD_TOKEN=... npm run load -- --target https://my-chat.fly.dev --users 2000 --duration 60

Which load
  --profile NAME  one of these (steady, unless you say so), or the path of a scenario file of your own (.yml)
${profileNames().flatMap(profileLines).join("\n")}

How much of it (where you say nothing: the profile's number, as above)
${settings.join("\n")}

Where
  --target URL    the deployment; without it, a server of our own with a throw-away database
  --target URL,URL…
                  several servers of one chat: the members of each room are spread over all of them
  --processes N   so many servers of our own, on the PostgreSQL of DATABASE_URL and the Redis of REDIS_URL
  --token TOKEN   the deployment's LOAD_TOKEN, which lifts the limits per address; better in the environment
  --transport T   websocket (the default) or polling
  --ca FILE       a certificate to trust beside the usual ones, for TLS of your own making
  --yes           do not ask before loading a host that is not this machine

The answer
  --find-capacity  how many users hold: doubles the load until the goal breaks, then closes in
  --max-users N    where --find-capacity stops looking (20,000, or what open files allow)
  --report FOLDER  where report.html and report.json go (reports/load-<run>)
  --compare FILE   an older report.json to show beside this run

Exit code: 0 the goal was met; 1 it was not, or the run says nothing; 2 the command can't be carried out;
130 stopped by Ctrl-C. The rooms of a run are named load-<run>-... and are removed at its end.
`;
}

function profileLines(name: string): string[] {
	const { summary, load } = readProfile(name);
	const { users, members, rooms, rate, duration, p99 } = { ...DEFAULT_SETTINGS, ...load };
	const where = rooms === 1 ? "one room" : rooms > 0 ? `${count(rooms)} rooms` : `rooms of ${count(members)}`;
	const size = `${count(users)} users in ${where}, ${rate} messages/s a room, for ${count(duration)} s; goal: p99 ${count(p99)} ms`;
	// The file's first line begins with its name.
	return [`  ${name.padEnd(12)}${summary.replace(/^\w+: /, "")}`, `  ${"".padEnd(12)}${size}`];
}

/** What a restart under load costs: how long the drain takes, when people are back, and that nothing is lost. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../root.ts";
import { type Outcome, rollingRestart } from "./drain/rolling-restart.ts";
import { summarise } from "./summary.ts";

const HELP = `Restarts a server under load and looks for what was lost.

  npm run measure:drain -- [--members 1000] [--room-size 20] [--rate 100] [--talk 8] [--built]

Members in rooms talk (--rate messages a second in all); after --talk seconds the server gets SIGTERM, another one takes
its place on the same port and database, and everybody comes back by themselves. --built takes dist/main.mjs.
Exit code: 0 nothing lost, doubled, misplaced or missed; 1 something was; 2 called wrongly.`;

const { values } = parseArgs({
	options: {
		members: { type: "string", default: "1000" },
		"room-size": { type: "string", default: "20" },
		rate: { type: "string", default: "100" },
		talk: { type: "string", default: "8" },
		built: { type: "boolean", default: false },
		help: { type: "boolean", default: false },
	},
});
const numbers = [values.members, values["room-size"], values.rate, values.talk].map(Number);
const [members, roomSize, messagesPerSecond, talkSeconds] = numbers as [number, number, number, number];

if (values.help) {
	console.log(HELP);
} else if (numbers.some((number) => !(number >= 1))) {
	console.error(`Each number is 1 or more.\n\n${HELP}`);
	process.exitCode = 2;
} else {
	const entry = values.built ? join(root, "dist", "main.mjs") : join(root, "app", "main.ts");
	const plan = { entry, members, roomSize, messagesPerSecond, talkMs: talkSeconds * 1000 };
	report(await rollingRestart(plan, (progress) => console.error(progress)));
}

function report(outcome: Outcome): void {
	const { sent, acked, drainMs, downMs, exitCode, absencesMs, lost, duplicated, misplaced, untold } = outcome;
	const { repeated, holes, startedOver } = outcome;
	const { median, p95, max } = summarise(absencesMs);
	const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
	console.log(
		`Node ${process.versions.node}, ${members} members in rooms of ${roomSize}, ${messagesPerSecond} messages/s`,
	);
	console.log(`sent ${sent}, acked ${acked}`);
	console.log(`lost ${lost}, duplicated ${duplicated}, misplaced ${misplaced}, untold ${untold}`);
	console.log(`told twice ${repeated}, holes ${holes}, started over ${startedOver}`);
	console.log(`drain ${seconds(drainMs)} (exit code ${exitCode}), next server ready after ${seconds(downMs)}`);
	console.log(
		`back after ${seconds(median)} (median), ${seconds(p95)} (p95), ${seconds(max)} (last); ${absencesMs.length} returns`,
	);
	if (lost + duplicated + misplaced + untold + repeated + holes + startedOver > 0 || exitCode !== 0)
		process.exitCode = 1;
}

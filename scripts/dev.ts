import { RestartingServer } from "./dev/restarting-server.ts";
import { watchPage } from "./page/watch.ts";

const HELP = `npm run dev

Runs the server and builds the page, and does so again when their files change. Open pages reload.
Settings come from the environment, as for npm start. Ctrl-C stops both.
`;

if (process.argv.includes("--help")) console.log(HELP);
else await develop();

async function develop(): Promise<void> {
	const page = await watchPage((line) => console.log(`page   | ${line}`));
	const server = new RestartingServer((line) => console.log(`server | ${line}`));
	for (const signal of ["SIGINT", "SIGTERM"] as const) {
		process.on(signal, () => void Promise.all([page.dispose(), server.stop()]));
	}
}

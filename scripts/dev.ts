import { RestartingServer } from "./dev/restarting-server.ts";
import { watchPage } from "./page/watch.ts";

const HELP = `npm run dev

The server and the page, each made anew when its files change; a page that is open reloads by itself.
Settings come from the environment, as for npm start. Ctrl-C ends both.
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

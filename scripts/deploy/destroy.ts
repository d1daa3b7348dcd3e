import { createInterface } from "node:readline/promises";
import { hasApp } from "./app.ts";
import type { DeployOptions } from "./arguments.ts";
import { destroyApp } from "./commands.ts";
import { explain } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import { signIn } from "./sign-in.ts";
import { Stop } from "./stop.ts";

/** Removes the app, its machine and its volume, once whoever asks has typed its name. */
export async function destroy(flyctl: Flyctl, { app, yes }: DeployOptions): Promise<void> {
	await signIn(flyctl);
	if (!(await hasApp(flyctl, app))) {
		process.stdout.write(`There is no app ${app} among yours: nothing to remove.\n`);
		return;
	}
	if (!yes) await confirm(app);
	const args = destroyApp(app);
	const answer = await flyctl.ask(args);
	if (answer.code !== 0) throw explain(answer, args, app);
	process.stdout.write(`${app} is gone, and costs nothing from now on.\n`);
}

async function confirm(app: string): Promise<void> {
	process.stdout.write(
		`This removes ${app} from Fly.io with everything that was said in it, for good; Fly.io keeps no copy for you.\n` +
			`To keep one: npm run backup -- --app ${app} chat.db\n`,
	);
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
	const typed = await Promise.race([terminal.question(`Type its name to remove it: `), ended]);
	terminal.close();
	if (typed.trim() !== app) throw new Stop(2, "", "That is not its name. Nothing was removed.");
}

#!/usr/bin/env node
import { printable } from "../load/kit/target.ts";
import { readServerUrl, runOperatorCommand } from "./command.ts";
import { closedSentence, smoke } from "./smoke/smoke.ts";

const HELP = `Sends a message through a running Hubbub, and reports the step that fails.

  npm run smoke -- URL       for example https://my-chat.fly.dev or http://localhost:3000

Two users sign in, connect and join the room "smoke-test". One sends a message; the other receives it and finds it in the
history. Both sign out. LOAD_TOKEN in the environment lifts the limits per address, and comes in where strangers may not.
Exit code: 0 passed, 1 failed, 2 invalid command line.`;

await runOperatorCommand(HELP, {}, async (positionals) => {
	const url = readServerUrl(positionals);
	const result = await smoke(url, (step, ms) => console.log(`ok    ${step.padEnd(12)}${ms.toFixed(0)} ms`));
	if ("closed" in result) {
		console.log(`${url} works: ${closedSentence(result.closed)}.`);
	} else if (result.ok) {
		console.log(`${url} works: the message was delivered in ${result.deliveryMs.toFixed(0)} ms.`);
	} else {
		console.log(`FAIL  ${result.step.padEnd(12)}${printable(result.why)}`);
		console.error(`${url} does not work. To find the cause: npm run doctor -- ${url}`);
		process.exitCode = 1;
	}
});

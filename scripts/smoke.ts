#!/usr/bin/env node
import { readAddress } from "./smoke/address.ts";
import { smoke } from "./smoke/smoke.ts";

const HELP = `Sends one message through a running Hubbub, and says at which step it failed if it does.

  npm run smoke -- URL       as in https://my-chat.fly.dev or http://localhost:3000

Two people sign in, connect, join the room "smoke-test", one speaks, the other one hears it and finds it in the
history; both sign out. With LOAD_TOKEN in the environment the limits per address don't count.
Exit code: 0 it works, 1 it doesn't, 2 called wrongly.`;

const url = readAddress(HELP, process.argv.slice(2));
if (url !== undefined) {
	const result = await smoke(url, (step, ms) => console.log(`ok    ${step.padEnd(12)}${ms.toFixed(0)} ms`));
	if (result.ok) {
		console.log(`${url} works: a message took ${result.deliveryMs.toFixed(0)} ms to the other one.`);
	} else {
		console.log(`FAIL  ${result.step.padEnd(12)}${result.why}`);
		console.error(`${url} does not work. \`npm run doctor -- ${url}\` looks for the cause.`);
		process.exitCode = 1;
	}
}

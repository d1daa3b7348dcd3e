#!/usr/bin/env node
import { readServerUrl, runOperatorCommand } from "./command.ts";
import { diagnose } from "./doctor/diagnose.ts";
import { format } from "./doctor/finding.ts";

const HELP = `Checks a running Hubbub from this computer. Each line is the result of a check, with a remedy if it failed.

  npm run doctor -- URL      for example https://my-chat.fly.dev or http://localhost:3000

It checks TLS, health, version, latency, clock, cookie, WebSocket, the fallback to polling, and the upgrade to WebSocket.
Exit code: 0 no check failed, 1 a check failed, 2 invalid command line.`;

await runOperatorCommand(HELP, {}, async (positionals) => {
	for await (const finding of diagnose(readServerUrl(positionals))) {
		console.log(format(finding));
		if (finding.verdict === "FAIL") process.exitCode = 1;
	}
});

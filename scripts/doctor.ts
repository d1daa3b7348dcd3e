#!/usr/bin/env node
import { examine } from "./doctor/examine.ts";
import { format } from "./doctor/finding.ts";
import { readAddress } from "./smoke/address.ts";

const HELP = `Looks at a running Hubbub from where you are: each line a verdict, and what to do about it.

  npm run doctor -- URL      as in https://my-chat.fly.dev or http://localhost:3000

TLS, health, version, latency, clock, cookie, WebSocket, the fallback to polling, and the upgrade between the two.
Exit code: 0 nothing failed, 1 something did, 2 called wrongly.`;

const url = readAddress(HELP, process.argv.slice(2));
if (url !== undefined) {
	for await (const finding of examine(url)) {
		console.log(format(finding));
		if (finding.verdict === "FAIL") process.exitCode = 1;
	}
}

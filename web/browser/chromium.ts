import { type Browser, chromium } from "playwright-core";

/** Without a sandbox, because tests run as root in containers, and without background network traffic. */
const ARGUMENTS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/** Time that an unused browser is kept for the next test, because its start takes longer than most tests. */
const KEEP_MS = 2_000;

let launching: Promise<Browser> | undefined;
let users = 0;
let closing: NodeJS.Timeout | undefined;

/** Starts the Chromium of the variable CHROMIUM. */
export function launchChromium(): Promise<Browser> {
	return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
}

/** Returns the browser that the tests of this process share. Each caller opens contexts of its own and closes them. */
export function sharedChromium(): Promise<Browser> {
	users++;
	clearTimeout(closing);
	launching ??= launchChromium();
	return launching;
}

/** Ends a use of the shared browser. */
export function releaseChromium(): void {
	users--;
	if (users > 0) return;
	closing = setTimeout(async () => {
		const unused = launching;
		launching = undefined;
		await (await unused)?.close();
	}, KEEP_MS);
}

import type { RequestContext } from "./deps.ts";

/** Longer headers are not searched. */
const MAX_CHARS = 512;

/** The first that the header has, in this order: browsers name others that they are compatible with. */
const BROWSERS = [
	[/\bEdg/, "Edge"],
	[/\bOPR\//, "Opera"],
	[/\b(?:Firefox|FxiOS)\//, "Firefox"],
	[/\bSamsungBrowser\//, "Samsung Internet"],
	[/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, "Chrome"],
	[/\bSafari\//, "Safari"],
] as const;
const SYSTEMS = [
	[/\bAndroid\b/, "Android"],
	[/\biPhone\b/, "iPhone"],
	[/\biPad\b/, "iPad"],
	[/\bCrOS\b/, "ChromeOS"],
	[/\bWindows\b/, "Windows"],
	[/\bMac OS X\b/, "Mac"],
	[/\bLinux\b/, "Linux"],
] as const;

/** Returns the name of the device that sent a request. */
export function deviceOf(c: RequestContext): string {
	return deviceName(c.req.header("user-agent"));
}

/** Returns the browser and system of a `User-Agent` header, by which people recognise a device of theirs: "Firefox on Linux". */
export function deviceName(userAgent = ""): string {
	const text = userAgent.slice(0, MAX_CHARS);
	const browser = BROWSERS.find(([pattern]) => pattern.test(text))?.[1];
	const system = SYSTEMS.find(([pattern]) => pattern.test(text))?.[1];
	if (browser === undefined) return system ?? "A program";
	return system === undefined ? browser : `${browser} on ${system}`;
}

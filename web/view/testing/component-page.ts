import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, relative } from "node:path";
import type { TestContext } from "node:test";
import { build } from "esbuild";
import type { BrowserContextOptions, Page } from "playwright-core";
import { securityHeaders } from "../../../app/http/security-headers.ts";
import { pageBuilds, pageOutput } from "../../../scripts/page/bundle.ts";
import { releaseChromium, sharedChromium } from "../../browser/chromium.ts";

const TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css" };

export type ComponentPage = {
	page: Page;
	/** Console errors and uncaught errors, which include what the content security policy blocks. */
	errors: string[];
	/** The paths that the page has requested. */
	requests: string[];
};

/** Opens components of the page without a server behind them: the entry file, built and served as the page is. */
export async function openComponentPage(
	t: TestContext,
	entry: string,
	options: BrowserContextOptions = {},
): Promise<ComponentPage> {
	const files = await buildEntry(entry);
	const requests: string[] = [];
	const server = createServer((request, response) => {
		const path = request.url ?? "/";
		requests.push(path);
		const body = files.get(path);
		const type = path === "/" ? "text/html; charset=utf-8" : (TYPES[path.slice(path.lastIndexOf("."))] ?? "text/plain");
		response.writeHead(body ? 200 : 404, { ...securityHeaders(false), "content-type": type }).end(body);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	const browser = await sharedChromium();
	t.after(releaseChromium);
	const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
	t.after(() => context.close());
	const page = await context.newPage();
	const errors: string[] = [];
	page.on("pageerror", (error) => errors.push(String(error)));
	page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
	await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
	return { page, errors, requests };
}

const built = new Map<string, Promise<Map<string, string | Uint8Array>>>();

/** Builds an entry once. Returns its files by path, with a document at "/". */
function buildEntry(entry: string): Promise<Map<string, string | Uint8Array>> {
	const building = built.get(entry) ?? buildFiles(entry);
	built.set(entry, building);
	return building;
}

async function buildFiles(entry: string): Promise<Map<string, string | Uint8Array>> {
	const [options] = pageBuilds(true);
	// The plugins are for the entry of the page itself.
	const result = await build({ ...options!, entryPoints: [entry], entryNames: "entry", plugins: [] });
	const files = new Map<string, string | Uint8Array>(
		result.outputFiles.map(({ path, contents }) => [`/${relative(pageOutput, path).replaceAll("\\", "/")}`, contents]),
	);
	const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Components</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/entry.css"><script type="module" src="/entry.js"></script>`;
	return files.set("/", `<!doctype html><html lang="en"><head>${head}</head><body><div id="app"></div></body></html>`);
}

/** The path of an entry beside this file. */
export function entryPath(name: string): string {
	return join(import.meta.dirname, name);
}

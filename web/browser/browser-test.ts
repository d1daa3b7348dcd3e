import type { TestContext } from "node:test";
import type { BrowserContextOptions } from "playwright-core";
import { LIFTED_LIMITS, ServerProcess } from "../../load/kit/server-process.ts";
import { releaseChromium, sharedChromium } from "./chromium.ts";
import { TestUser } from "./test-user.ts";

/** A server and the users of one test. Both are closed after the test. */
export type BrowserTest = {
	server: ServerProcess;
	/** Opens a fresh browser context, without a page in it. */
	newUser(name: string, options?: BrowserContextOptions): Promise<TestUser>;
	/** Opens a fresh browser context and joins the room. */
	join(name: string, room: string, options?: BrowserContextOptions): Promise<TestUser>;
};

/** Starts a server in its own process. `env` are its settings. */
export async function openBrowserTest(t: TestContext, env: Record<string, string> = {}): Promise<BrowserTest> {
	const server = await ServerProcess.start({
		inherit: false,
		env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...LIFTED_LIMITS, ...env },
	});
	t.after(() => server[Symbol.asyncDispose]());
	async function newUser(name: string, options?: BrowserContextOptions): Promise<TestUser> {
		const browser = await sharedChromium();
		t.after(releaseChromium);
		const user = await TestUser.open(browser, name, options);
		t.after(() => user.close());
		return user;
	}
	async function join(name: string, room: string, options?: BrowserContextOptions): Promise<TestUser> {
		const user = await newUser(name, options);
		await user.join(server.url, room);
		return user;
	}
	return { server, newUser, join };
}

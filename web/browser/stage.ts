import type { TestContext } from "node:test";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { ChatServer } from "./chat-server.ts";
import { launchChromium } from "./chromium.ts";
import { Person } from "./person.ts";

/** A server and the people of one test; all of it is gone when the test is over. */
export type Stage = {
	server: ChatServer;
	/** Somebody with a fresh browser, nowhere yet. */
	arrive(name: string, options?: BrowserContextOptions): Promise<Person>;
	/** Somebody who is in the room. */
	enter(name: string, room: string, options?: BrowserContextOptions): Promise<Person>;
};

export async function setStage(t: TestContext, env: Record<string, string> = {}): Promise<Stage> {
	const server = await ChatServer.start(env);
	t.after(() => server.stop());
	let browser: Browser | undefined;
	t.after(() => browser?.close());

	async function arrive(name: string, options?: BrowserContextOptions): Promise<Person> {
		browser ??= await launchChromium();
		return await Person.arrive(browser, name, options);
	}
	async function enter(name: string, room: string, options?: BrowserContextOptions): Promise<Person> {
		const person = await arrive(name, options);
		await person.enter(server.url, room);
		return person;
	}
	return { server, arrive, enter };
}

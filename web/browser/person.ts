import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";

/** Long enough for a busy machine; who waits this long waits in vain. */
const PATIENCE_MS = 30_000;

/** Somebody with a browser of their own: cookies, storage and network apart from everyone else's. */
export class Person {
	readonly name: string;
	readonly context: BrowserContext;
	readonly page: Page;
	/** What the page complained about, in its console and as uncaught errors. */
	readonly complaints: string[] = [];

	private constructor(name: string, context: BrowserContext, page: Page) {
		this.name = name;
		this.context = context;
		this.page = page;
		page.on("pageerror", (error) => this.complaints.push(String(error)));
		page.on("console", (message) => {
			// That nobody is signed in yet is told by a 401, which browsers call an error.
			if (message.type() === "error" && !message.text().includes("401")) this.complaints.push(message.text());
		});
	}

	static async arrive(browser: Browser, name: string, options: BrowserContextOptions = {}): Promise<Person> {
		const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
		context.setDefaultTimeout(PATIENCE_MS);
		return new Person(name, context, await context.newPage());
	}

	get composer(): Locator {
		return this.page.getByRole("textbox", { name: "Message" });
	}

	get timeline(): Locator {
		return this.page.getByRole("log");
	}

	/** What is said in the open room, by whom ever, in the order of the page. */
	get bodies(): Locator {
		return this.timeline.locator(".text");
	}

	async enter(url: string, room: string): Promise<void> {
		await this.page.goto(url);
		await this.page.getByLabel("Your name").fill(this.name);
		await this.page.getByLabel("Room").fill(room);
		await this.page.keyboard.press("Enter");
		await this.composer.waitFor();
		await this.page.getByText(/\d+ (person|people) here/).waitFor();
	}

	async say(text: string): Promise<void> {
		await this.composer.fill(text);
		await this.composer.press("Enter");
	}

	async sees(text: string): Promise<void> {
		await this.timeline.getByText(text, { exact: true }).waitFor();
	}

	/** Waits until exactly these are the bodies on the page, in this order. */
	async seesExactly(bodies: string[]): Promise<void> {
		const read = () => this.bodies.allInnerTexts();
		const deadline = Date.now() + PATIENCE_MS;
		for (let seen = await read(); !isSame(seen, bodies); seen = await read()) {
			if (Date.now() > deadline) throw new Error(`${this.name} sees ${JSON.stringify(seen)}`);
			await this.page.waitForTimeout(50);
		}
	}

	/** Waits until the page says that this many messages of one's own are stored. */
	async hasStored(count: number): Promise<void> {
		await this.timeline
			.locator(".message--mine[data-state=stored]")
			.nth(count - 1)
			.waitFor();
	}

	async leave(): Promise<void> {
		await this.context.close();
	}
}

function isSame(a: string[], b: string[]): boolean {
	return a.length === b.length && a.every((text, index) => text === b[index]);
}

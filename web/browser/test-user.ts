import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";

/** Long enough for a busy machine. */
const TIMEOUT_MS = 30_000;

/** A user with a browser context of their own: cookies, storage and network. */
export class TestUser {
	readonly name: string;
	readonly context: BrowserContext;
	readonly page: Page;
	/** Console errors and uncaught errors of the page. */
	readonly errors: string[] = [];

	private constructor(name: string, context: BrowserContext, page: Page) {
		this.name = name;
		this.context = context;
		this.page = page;
		page.on("pageerror", (error) => this.errors.push(String(error)));
		page.on("console", (message) => {
			// Before signing in, the API responds with 401, which browsers log as an error.
			if (message.type() === "error" && !message.text().includes("401")) this.errors.push(message.text());
		});
	}

	static async open(browser: Browser, name: string, options: BrowserContextOptions = {}): Promise<TestUser> {
		const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
		context.setDefaultTimeout(TIMEOUT_MS);
		return new TestUser(name, context, await context.newPage());
	}

	get composer(): Locator {
		return this.page.getByRole("textbox", { name: "Message" });
	}

	get timeline(): Locator {
		return this.page.getByRole("log");
	}

	/** The texts of the messages in the open room, in the order of the page. */
	get bodies(): Locator {
		return this.timeline.locator(".text");
	}

	async join(url: string, room: string): Promise<void> {
		await this.page.goto(url);
		await this.page.getByLabel("Your name").fill(this.name);
		await this.page.getByLabel("Room").fill(room);
		await this.page.keyboard.press("Enter");
		await this.composer.waitFor();
		await this.page.getByRole("button", { name: /^\d+ (person|people)$/ }).waitFor();
	}

	async send(text: string): Promise<void> {
		await this.composer.fill(text);
		await this.composer.press("Enter");
	}

	async sees(text: string): Promise<void> {
		await this.timeline.getByText(text, { exact: true }).waitFor();
	}

	/** Waits until the header shows this many people. */
	async seesPeople(count: number): Promise<void> {
		await this.page.getByRole("button", { name: count === 1 ? "1 person" : `${count} people`, exact: true }).waitFor();
	}

	/** Opens the panel of the room's people. */
	async openPeople(): Promise<void> {
		await this.page.getByRole("button", { name: /^\d+ (person|people)$/ }).click();
		await this.page.getByRole("heading", { name: /^People/ }).waitFor();
	}

	async openSettings(): Promise<void> {
		await this.page.getByRole("button", { name: "Settings" }).click();
		await this.page.getByRole("dialog", { name: "Settings" }).waitFor();
	}

	async signOut(): Promise<void> {
		await this.openSettings();
		await this.page.getByRole("button", { name: "Sign out" }).click();
	}

	/** Adds the position of the device to the message that is being written. */
	async addLocation(): Promise<void> {
		await this.page.getByRole("button", { name: "Add to the message" }).click();
		await this.page.getByRole("menuitem", { name: "Share my location" }).click();
	}

	/** Waits until the page shows exactly these texts, in this order. */
	async seesExactly(bodies: string[]): Promise<void> {
		const read = () => this.bodies.allInnerTexts();
		const deadline = Date.now() + TIMEOUT_MS;
		for (let seen = await read(); !isSame(seen, bodies); seen = await read()) {
			if (Date.now() > deadline) throw new Error(`${this.name} sees ${JSON.stringify(seen)}`);
			await this.page.waitForTimeout(50);
		}
	}

	/** Waits until the page shows this many own messages as stored. */
	async hasStored(count: number): Promise<void> {
		await this.timeline
			.locator(".message--mine[data-state=stored]")
			.nth(count - 1)
			.waitFor();
	}

	async close(): Promise<void> {
		await this.context.close();
	}
}

function isSame(a: string[], b: string[]): boolean {
	return a.length === b.length && a.every((text, index) => text === b[index]);
}

/** Takes the screenshots: a short conversation on a real server, in real browsers. */
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { ServerProcess } from "../load/kit/server-process.ts";
import { launchChromium } from "../web/browser/chromium.ts";
import { TestUser } from "../web/browser/test-user.ts";
import { root } from "./root.ts";
import { provideProgram } from "./test/programs.ts";

const HELP = `npm run screenshots

Runs a short conversation on its own server, and writes screenshots to web/screenshots: light and dark, on a wide screen
and on a phone, and the sign-in page.
`;
const FOLDER = join(root, "web", "screenshots");
const ROOM = "allotment";
const GATE = { latitude: 51.5413, longitude: -0.1483, accuracy: 9 };
const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 1.5, hasTouch: true, isMobile: true };
const TOUR = { ...WIDE, timezoneId: "Europe/London", permissions: ["geolocation"], geolocation: GATE };

if (process.argv.includes("--help")) console.log(HELP);
else await takePictures();

async function takePictures(): Promise<void> {
	const program = provideProgram("chromium");
	if ("missing" in program) {
		console.error(program.missing);
		process.exitCode = 1;
		return;
	}
	process.env[program.variable] = program.path;
	mkdirSync(FOLDER, { recursive: true });
	const server = await ServerProcess.start();
	const browser = await launchChromium();
	try {
		await picture(await joinPage(browser, server.url), "join");
		const marie = await converse(browser, server.url);
		for (const colorScheme of ["light", "dark"] as const) {
			await marie.page.emulateMedia({ colorScheme });
			await picture(marie.page, `chat-${colorScheme}`);
		}
		const phone = await TestUser.open(browser, "Noor", { ...TOUR, ...PHONE });
		await phone.join(server.url, ROOM);
		// On a touch screen Return makes a new line.
		await phone.composer.fill("Running late, save me some cake! 🍰");
		await phone.page.getByRole("button", { name: "Send" }).click();
		await phone.hasStored(1);
		for (const colorScheme of ["light", "dark"] as const) {
			await phone.page.emulateMedia({ colorScheme });
			await picture(phone.page, `phone-${colorScheme}`);
		}
	} finally {
		await browser.close();
		await server.stop();
	}
}

async function joinPage(browser: Browser, url: string): Promise<Page> {
	const guest = await TestUser.open(browser, "Guest", WIDE);
	await guest.page.goto(`${url}/r/${ROOM}`);
	await guest.page.getByLabel("Your name").fill("Marie");
	return guest.page;
}

/** Runs a conversation of four users. Returns the one whose screen is photographed. */
async function converse(browser: Browser, url: string): Promise<TestUser> {
	const marie = await TestUser.open(browser, "Marie", TOUR);
	await marie.join(url, "book club");
	const [tomas, ines, yusuf] = await Promise.all(
		["Tomáš", "Inês Carvalho", "يوسف"].map((name) => TestUser.open(browser, name, TOUR)),
	);
	await tomas!.join(url, ROOM);
	await marie.page.goto(`${url}/r/${ROOM}`);
	await marie.page.getByRole("heading", { name: ROOM, exact: true }).waitFor();
	await ines!.join(url, ROOM);
	await yusuf!.join(url, ROOM);

	await inTurn(tomas!, "Morning all. The water is back on 🎉", "I’ll open the shed at ten.");
	await inTurn(marie, "Wonderful! I’m bringing the seedlings:\n– 12 tomatoes\n– 6 courgettes (nobody needs more)");
	await inTurn(ines!, "How far apart? This is one way: https://example.org/growing/tomatoes");
	await inTurn(yusuf!, "صباح الخير! معي القهوة والكعك");
	await ines!.addLocation();
	await ines!.page.getByLabel("Precision").waitFor();
	await ines!.page.getByRole("button", { name: "Send" }).click();
	await ines!.hasStored(2);
	await inTurn(ines!, "Meet me at the side gate, the front one is stuck again");
	await react(tomas!, "12 tomatoes", "Thumbs up");
	await react(yusuf!, "12 tomatoes", "Thumbs up");
	await react(ines!, "معي القهوة", "Red heart");
	await reply(tomas!, "How far apart", "Two hand spans. I do **60 cm**, with `basil` in between");
	await inTurn(marie, "On my way, ten minutes 🚲");
	await mention(ines!, "Marie", "can you bring the string?");

	await tomas!.page.goto(`${url}/r/book%20club`);
	await tomas!.page.getByRole("heading", { name: "book club", exact: true }).waitFor();
	await inTurn(tomas!, "Chapter four, anyone?", "No spoilers please");
	await marie.page.getByRole("button", { name: "book club 2 unread messages" }).waitFor();
	await ines!.composer.pressSequentially("See you");
	await marie.page.getByText("Inês Carvalho is typing").waitFor();
	return marie;
}

/** Sends the messages one after the other, and waits until each is stored. */
async function inTurn(user: TestUser, ...texts: string[]): Promise<void> {
	for (const text of texts) {
		await user.send(text);
		await user.timeline.getByText(text, { exact: true }).last().waitFor();
		await user.timeline.locator(".message--mine:not([data-state=stored])").waitFor({ state: "detached" });
	}
}

/** Reacts to a message by the toolbar that appears over it. */
async function react(user: TestUser, text: string, label: string): Promise<void> {
	const row = user.timeline.getByRole("article").filter({ hasText: text });
	await row.hover();
	await row.getByRole("toolbar").getByRole("button", { name: label, exact: true }).click();
	await row.getByRole("button", { name: /including you$/ }).waitFor();
}

/** Replies to a message by the key R. */
async function reply(user: TestUser, to: string, text: string): Promise<void> {
	await user.timeline.getByRole("article").filter({ hasText: to }).focus();
	await user.page.keyboard.press("r");
	await user.page.getByText("Replying to").waitFor();
	await user.send(text);
	await user.timeline.getByRole("button", { name: /In reply to/ }).waitFor();
}

/** Sends a message that begins with a mention from the list of people. */
async function mention(user: TestUser, name: string, text: string): Promise<void> {
	await user.composer.pressSequentially(`@${name.slice(0, 3)}`);
	await user.page.getByRole("option", { name }).click();
	await user.composer.pressSequentially(text);
	await user.page.keyboard.press("Enter");
	await user.timeline.getByText(text).waitFor();
}

async function picture(page: Page, name: string): Promise<void> {
	const path = join(FOLDER, `${name}.png`);
	await page.screenshot({ path, animations: "disabled", caret: "hide" });
	console.log(`${name}.png  ${Math.round(statSync(path).size / 1_000)} KB`);
}

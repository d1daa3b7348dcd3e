/** Measures how smoothly the page draws in Chromium: frames while messages arrive, and the time to switch to another room. */
import type { CDPSession, Page } from "playwright-core";
import { EXIT_CODE, RunFailed, readFlags, readWhole, runCommand, SWITCH, TEXT } from "../../load/kit/cli.ts";
import { type ChatClient, connect, request } from "../../load/kit/client.ts";
import { median, percentileOf } from "../../load/kit/latency.ts";
import { LIFTED_LIMITS, ServerProcess } from "../../load/kit/server-process.ts";
import { signIn } from "../../load/kit/sign-in.ts";
import { launchChromium } from "../../web/browser/chromium.ts";
import { TestUser } from "../../web/browser/test-user.ts";
import { provideProgram } from "../test/programs.ts";

const DEFAULTS = { slowdown: 4, seconds: 10, rate: 20, switches: 9 };
/** The messages of a room that the page has drawn before it is left and entered again. */
const ROWS = 300;
const ROOMS = ["first", "second"];
const LONG_TASK_MS = 100;
const TEXT_OF_MESSAGE = "with a text of ordinary length, which may wrap on a narrow screen, and https://example.org/";
const HELP = `Measures the page in Chromium, with the processor slowed down by the browser.

  npm run measure:frames -- [--slowdown ${DEFAULTS.slowdown}] [--seconds ${DEFAULTS.seconds}] [--rate ${DEFAULTS.rate}] [--switches ${DEFAULTS.switches}]

First it counts frames and long tasks while --rate messages a second arrive in the open room. Then it enters two rooms of
${ROWS} messages in turn: at the end, and at a position further up. A switch ends with the second frame after it. The
figures depend on the machine: compare those of one machine, with nothing else running. "CPU" is the time of the page's
main thread, which other programs disturb less.`;

type Frames = { frames: number[]; tasks: number[]; cpuMs: number };
type Switches = { times: number[]; cpuTimes: number[]; rows: number };

await runCommand(async (args) => {
	const flags = readFlags("npm run measure:frames", args, {
		slowdown: TEXT,
		seconds: TEXT,
		rate: TEXT,
		switches: TEXT,
		help: SWITCH,
	});
	if (flags.help) {
		console.log(HELP);
		return EXIT_CODE.passed;
	}
	const whole = (flag: keyof typeof DEFAULTS, most: number) =>
		readWhole(`--${flag}`, flags[flag] ?? String(DEFAULTS[flag]), most);
	const [slowdown, seconds] = [whole("slowdown", 20), whole("seconds", 300)];
	const [rate, switches] = [whole("rate", 200), whole("switches", 100)];
	const program = provideProgram("chromium");
	if ("missing" in program) throw new RunFailed(program.missing);
	process.env[program.variable] = program.path;

	await using server = await ServerProcess.start({ env: LIFTED_LIMITS });
	const { user, token } = await signIn(server.url, "Sender");
	const sender = await connect(server.url, token);
	const browser = await launchChromium();
	try {
		const ada = await TestUser.open(browser, "Ada", { viewport: { width: 1_280, height: 800 } });
		const cdp = await ada.context.newCDPSession(ada.page);
		await ada.join(server.url, "frames");
		await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
		console.log(`Chromium ${browser.version()}, processor ${slowdown} times slower, messages of ${user.name}\n`);
		report(rate, await measureFrames(ada.page, cdp, { sender, slowdown, seconds, rate }));
		await fillRooms(ada, server.url, sender);
		await slowDown(cdp, slowdown);
		reportSwitches("at the end", await measureSwitches(ada.page, cdp, switches));
		await slowDown(cdp, 1);
		for (const room of ROOMS) await readFurtherUp(ada.page, room);
		await slowDown(cdp, slowdown);
		reportSwitches("further up", await measureSwitches(ada.page, cdp, switches));
	} finally {
		sender.disconnect();
		await browser.close();
	}
	return EXIT_CODE.passed;
});

async function slowDown(cdp: CDPSession, rate: number): Promise<void> {
	await cdp.send("Emulation.setCPUThrottlingRate", { rate });
}

type Load = { sender: ChatClient; slowdown: number; seconds: number; rate: number };

/** Records frames while messages arrive one by one. The room is full before that, as it is after a while. */
async function measureFrames(page: Page, cdp: CDPSession, { sender, slowdown, seconds, rate }: Load): Promise<Frames> {
	await request(sender, "room:join", { room: "frames" });
	await sendMany(sender, "frames", ROWS);
	await page.getByText(`message ${ROWS} `).waitFor();
	await slowDown(cdp, slowdown);
	const cpuMsBefore = await mainThreadMs(cdp);
	const recorded = page.evaluate((ms) => {
		const frames: number[] = [];
		const tasks: number[] = [];
		const observer = new PerformanceObserver((list) => {
			for (const { duration } of list.getEntries()) tasks.push(duration);
		});
		observer.observe({ entryTypes: ["longtask"] });
		return new Promise<Omit<Frames, "cpuMs">>((resolve) => {
			const begun = performance.now();
			let last = begun;
			function frame(now: number): void {
				frames.push(now - last);
				last = now;
				if (now - begun < ms) requestAnimationFrame(frame);
				else resolve({ frames: frames.slice(1), tasks });
			}
			requestAnimationFrame(frame);
		});
	}, seconds * 1_000);
	const begun = performance.now();
	for (let sent = 0; sent < seconds * rate; sent++) {
		const waitMs = begun + (sent * 1_000) / rate - performance.now();
		if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
		void send(sender, "frames", `live ${sent} ${TEXT_OF_MESSAGE}`);
	}
	const result = await recorded;
	const cpuMs = (await mainThreadMs(cdp)) - cpuMsBefore;
	await slowDown(cdp, 1);
	return { ...result, cpuMs: cpuMs / seconds };
}

function send(sender: ChatClient, room: string, body: string): Promise<unknown> {
	return request(sender, "message:send", { room, clientId: crypto.randomUUID(), body });
}

async function sendMany(sender: ChatClient, room: string, count: number): Promise<void> {
	for (let n = 1; n <= count; n++) await send(sender, room, `message ${n} ${n % 5 === 0 ? TEXT_OF_MESSAGE : ""}`);
}

/** Joins both rooms on the page, and has it receive their messages. */
async function fillRooms({ page }: TestUser, url: string, sender: ChatClient): Promise<void> {
	for (const room of ROOMS) {
		await page.goto(`${url}/r/${room}`);
		await page.getByRole("heading", { name: room, level: 1 }).waitFor();
		await request(sender, "room:join", { room });
	}
	for (const room of ROOMS) await sendMany(sender, room, ROWS);
	for (const room of ROOMS) {
		await enterRoom(page, room);
		await page.getByRole("log").evaluate((view) => {
			view.scrollTop = view.scrollHeight;
		});
		await page.getByText(`message ${ROWS} `).waitFor();
		// What is in view counts as read a moment later. A room with unread messages is not entered at its end.
		await page.waitForTimeout(1_000);
	}
}

async function enterRoom(page: Page, room: string): Promise<void> {
	await page.getByRole("navigation", { name: "Rooms" }).getByRole("button", { name: room }).click();
	await page.getByRole("heading", { name: room, level: 1 }).waitFor();
	await page.waitForTimeout(1_000);
}

/** Loads the whole history of the room and stays in the middle of it. */
async function readFurtherUp(page: Page, room: string): Promise<void> {
	await enterRoom(page, room);
	const log = page.getByRole("log");
	await log.hover();
	while ((await page.locator(".text").count()) < ROWS) {
		await page.mouse.wheel(0, -2_000);
		await page.waitForTimeout(100);
	}
	await log.evaluate((view) => {
		view.scrollTop = view.scrollHeight / 2;
	});
	await page.waitForTimeout(500);
}

/** Enters the two rooms in turn. Returns the times from the click to the second frame after it. */
async function measureSwitches(page: Page, cdp: CDPSession, switches: number): Promise<Switches> {
	const times: number[] = [];
	const cpuTimes: number[] = [];
	let rows = 0;
	for (let n = 0; n < switches; n++) {
		const room = n % 2 === 0 ? "first" : "second";
		const button = page.getByRole("navigation", { name: "Rooms" }).getByRole("button", { name: room });
		const before = await mainThreadMs(cdp);
		const [ms, drawn] = await button.evaluate((element: HTMLElement) => {
			const begun = performance.now();
			element.click();
			return new Promise<[number, number]>((resolve) => {
				requestAnimationFrame(() =>
					requestAnimationFrame(() => {
						resolve([performance.now() - begun, document.querySelectorAll(".text").length]);
					}),
				);
			});
		});
		cpuTimes.push((await mainThreadMs(cdp)) - before);
		times.push(ms);
		rows = drawn;
		await page.getByRole("heading", { name: room, level: 1 }).waitFor();
		await page.waitForTimeout(1_000);
	}
	// The rooms that were open before the first switch may be either of them.
	return { times: times.slice(1), cpuTimes: cpuTimes.slice(1), rows };
}

/** The time that the page's main thread has used the processor. */
async function mainThreadMs(cdp: CDPSession): Promise<number> {
	const { metrics } = await cdp.send("Performance.getMetrics");
	return metrics.find(({ name }) => name === "TaskDuration")!.value * 1_000;
}

function report(rate: number, { frames, tasks, cpuMs }: Frames): void {
	const [p50, p95, longest] = [50, 95, 100].map((percent) => percentileOf(frames, percent).toFixed(0));
	const long = tasks.filter((ms) => ms > LONG_TASK_MS).length;
	console.log(`${rate} messages a second   frame p50 ${p50} ms, p95 ${p95} ms, longest ${longest} ms`);
	console.log(
		`                       ${tasks.length} tasks over 50 ms, ${long} over ${LONG_TASK_MS} ms; CPU ${cpuMs.toFixed(0)} ms a second`,
	);
}

function reportSwitches(where: string, { times, cpuTimes, rows }: Switches): void {
	const [p95, longest] = [95, 100].map((percent) => percentileOf(times, percent).toFixed(0));
	const name = `a room ${where}`.padEnd(22);
	console.log(`${name} median ${median(times).toFixed(0)} ms, p95 ${p95} ms, longest ${longest} ms`);
	console.log(`${"".padEnd(22)} CPU median ${median(cpuTimes).toFixed(0)} ms; ${rows} messages drawn`);
}

import type { TestServer } from "../../../../app/testing/harness.ts";
import type { Room } from "../../room.ts";
import { type Browser, newBrowser, openPage, type Page } from "../page.ts";
import { type Act, ROOMS, type RoomName } from "./acts.ts";
import { Others } from "./others.ts";
import { PacketLine } from "./packet-line.ts";
import { Reference } from "./reference.ts";
import { Witness } from "./witness.ts";

/** The word that the server's list of banned words has. */
export const BANNED = "frak";

/** Far less than people wait, so that a lost answer is missed in a test's time. */
const ANSWER_WITHIN_MS = 100;
const WAIT_MS = ANSWER_WITHIN_MS + 30;
const CALM_WITHIN_MS = 30;
/** More than a resume may carry (`RESUME_CHARS`), in as many messages. */
const A_LOT = { messages: 70, chars: 3_900 };

/** A page on a line that can be bent, others on lines that can't, and what should come of it all. */
export class World {
	readonly reference = new Reference();
	readonly witness = new Witness();
	readonly line: PacketLine;
	readonly browser: Browser = newBrowser();
	page!: Page;
	/** Whether the page waits for answers as briefly as it does while the line is bad. */
	isHasty = false;
	/** The joins that were asked for, and not answered yet. */
	joins: Promise<unknown>[] = [];
	/** Undefined until {@link open} is done. */
	others!: Others;
	readonly #suffix: string;
	#texts = 0;
	readonly #ends: (() => void)[] = [];

	private constructor(line: PacketLine, suffix: string) {
		this.line = line;
		this.#suffix = suffix;
	}

	/** `run`: makes the rooms this world's own. */
	static async open(server: TestServer, run: number): Promise<World> {
		const world = new World(await PacketLine.open(server.url), `-${run}`);
		world.#load();
		try {
			await world.#populate(server);
		} catch (error) {
			world.close();
			throw error;
		}
		return world;
	}

	async #populate(server: TestServer): Promise<void> {
		const { page } = this;
		await page.enter("ada", this.name("lobby"));
		const token = /session=(.*)/.exec(this.browser.headers.cookie!)![1]!;
		const ada = { user: page.chat.session.user.peek()!, token };
		const rooms = ROOMS.map((room) => this.name(room));
		this.others = await Others.join(server, this.reference, ada, rooms);
		this.isHasty = true;
	}

	/** The room's name in this world. */
	name(room: RoomName): string {
		return room + this.#suffix;
	}

	/** The room as the page has it. */
	room(room: RoomName): Room | undefined {
		return this.page.chat.rooms.joined.peek().find(({ name }) => name === this.name(room));
	}

	async carryOut(act: Act): Promise<void> {
		switch (act.act) {
			case "join":
				this.joins.push(this.page.chat.rooms.join(this.name(act.room)));
				break;
			case "leave":
				if (this.room(act.room)) this.reference.leaves(this.name(act.room));
				this.page.chat.rooms.leave(this.name(act.room));
				break;
			case "write":
				this.#write(act.room, act.isRefused);
				break;
			case "retry":
			case "discard":
				this.#amend(act.room, act.act);
				break;
			case "read":
				this.#read(act.room, act.what);
				break;
			case "reload":
				this.page.unload();
				this.#load();
				break;
			case "hear":
				await this.others.say(this.name(act.room), act.from, act.times);
				break;
			case "hear a lot":
				await this.others.say(this.name(act.room), "grace", A_LOT.messages, A_LOT.chars);
				break;
			case "remove":
				await this.others.remove(this.name(act.room), act.index);
				break;
			case "wait":
				await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
				break;
			default:
				this.#bend(act);
		}
		await this.line.calm(CALM_WITHIN_MS);
	}

	close(): void {
		this.page.unload();
		this.witness.watch([]);
		for (const end of this.#ends) end();
		this.others?.leave();
		this.line.close();
	}

	#load(): void {
		this.witness.watch([]);
		const test = { after: (end: () => void) => void this.#ends.push(end) };
		this.page = openPage(test, this.line.url, this.browser, {
			answerWithinMs: () => (this.isHasty ? ANSWER_WITHIN_MS : undefined),
		});
		const { page } = this;
		const stop = page.chat.rooms.joined.subscribe((rooms) => page === this.page && this.witness.watch(rooms));
		this.#ends.push(stop);
	}

	#write(name: RoomName, isRefused: boolean): void {
		const room = this.room(name);
		if (!room) return;
		const text = `mine ${++this.#texts}${isRefused ? ` ${BANNED}` : ""}`;
		room.send(text);
		this.witness.writes(room, text);
		this.reference.wrote(room.name, text, isRefused);
	}

	#amend(name: RoomName, how: "retry" | "discard"): void {
		const room = this.room(name);
		const failed = room?.items.peek().find((item) => item.kind === "message" && item.state === "failed");
		if (!room || failed?.kind !== "message") return;
		if (how === "discard") {
			this.witness.discards(room, failed.content.body!);
			this.reference.discards(room.name, failed.content.body!);
		}
		room[how](failed.clientId!);
	}

	#read(name: RoomName, what: "older" | "newest" | "up" | "down"): void {
		const room = this.room(name);
		if (what === "older") room?.loadOlder();
		else if (what === "newest") room?.jumpToNewest();
		else room?.setFollowing(what === "down");
	}

	#bend(act: Act): void {
		const { line } = this;
		if (act.act === "hold answers") line.holdsAnswers = true;
		else if (act.act === "release answers") line.releaseAnswers();
		else if (act.act === "hold requests") line.holdsRequests = true;
		else if (act.act === "release requests") line.releaseRequests();
		else if (act.act === "lose requests") line.loseRequests();
		else if (act.act === "deliver") line.deliver(act.index);
		else if (act.act === "double") line.double(act.index);
		else if (act.act === "lose") line.lose(act.index);
		else if (act.act === "cut") line.cut();
		else if (act.act === "orphan") line.orphan();
		else if (act.act === "open" || act.act === "close") line.isOpen = act.act === "open";
	}
}

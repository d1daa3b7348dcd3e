import type { TestServer } from "../../../../app/testing/harness.ts";
import type { Room } from "../../room.ts";
import { newTestBrowser, openTestPage, type TestBrowser, type TestPage } from "../test-page.ts";
import { type Action, ROOMS, type RoomName } from "./actions.ts";
import { OtherClients } from "./other-clients.ts";
import { PacketProxy } from "./packet-proxy.ts";
import { idOf, ReferenceModel } from "./reference-model.ts";
import { messagesOf, ScreenRecorder } from "./screen-recorder.ts";

/** A word on the server's list of banned words. */
export const BANNED = "frak";

/** Much shorter than in production, so that a lost ack is detected within a test. */
const ACK_TIMEOUT_MS = 100;
const WAIT_MS = ACK_TIMEOUT_MS + 30;
const SERVER_ACKS_TIMEOUT_MS = 30;
/** Together more than a resume may carry (`RESUME_CHARS`). */
const MANY = { messages: 70, chars: 3_900 };

/** A page on an unreliable network, other clients on reliable ones, and the expected result. */
export class World {
	readonly reference = new ReferenceModel();
	readonly recorder = new ScreenRecorder();
	readonly proxy: PacketProxy;
	readonly browser: TestBrowser = newTestBrowser();
	page!: TestPage;
	/** Whether the page uses the short ack timeout. */
	hasShortTimeouts = false;
	/** Joins that were requested. */
	joins: Promise<unknown>[] = [];
	/** Undefined until {@link open} is done. */
	others!: OtherClients;
	readonly #suffix: string;
	#texts = 0;
	readonly #cleanUps: (() => void)[] = [];

	private constructor(proxy: PacketProxy, suffix: string) {
		this.proxy = proxy;
		this.#suffix = suffix;
	}

	/** `run` makes the names of the rooms unique. */
	static async open(server: TestServer, run: number): Promise<World> {
		const world = new World(await PacketProxy.open(server.url), `-${run}`);
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
		this.others = await OtherClients.join(server, this.reference, ada, rooms);
		this.hasShortTimeouts = true;
	}

	/** Returns the unique name of a room. */
	name(room: RoomName): string {
		return room + this.#suffix;
	}

	/** Returns the room if the page has joined it. */
	room(room: RoomName): Room | undefined {
		return this.page.chat.rooms.joined.peek().find(({ name }) => name === this.name(room));
	}

	async perform(action: Action): Promise<void> {
		switch (action.type) {
			case "join":
				this.joins.push(this.page.chat.rooms.join(this.name(action.room)));
				break;
			case "leave":
				if (this.room(action.room)) this.reference.leave(this.name(action.room));
				this.page.chat.rooms.leave(this.name(action.room));
				break;
			case "write":
				this.#write(action.room, action.isRefused);
				break;
			case "retry":
			case "discard":
				this.#amend(action.room, action.type);
				break;
			case "edit":
			case "take back":
			case "react":
			case "reply":
				this.#change(action.room, action.type, action.index);
				break;
			case "read":
				this.#read(action.room, action.what);
				break;
			case "reload":
				this.page.unload();
				this.#load();
				break;
			case "receive":
				await this.others.say(this.name(action.room), action.from, action.times);
				break;
			case "receive many":
				await this.others.say(this.name(action.room), "grace", MANY.messages, MANY.chars);
				break;
			case "remove":
				await this.others.remove(this.name(action.room), action.index);
				break;
			case "wait":
				await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
				break;
			default:
				this.#disturb(action);
		}
		await this.proxy.waitForAcks(SERVER_ACKS_TIMEOUT_MS);
	}

	close(): void {
		this.page.unload();
		this.recorder.watch([]);
		for (const cleanUp of this.#cleanUps) cleanUp();
		this.others?.leave();
		this.proxy.close();
	}

	#load(): void {
		this.recorder.watch([]);
		const test = { after: (cleanUp: () => void) => void this.#cleanUps.push(cleanUp) };
		this.page = openTestPage(test, this.proxy.url, this.browser, {
			ackTimeoutMs: () => (this.hasShortTimeouts ? ACK_TIMEOUT_MS : undefined),
		});
		const { page } = this;
		const stop = page.chat.rooms.joined.subscribe((rooms) => page === this.page && this.recorder.watch(rooms));
		this.#cleanUps.push(stop);
	}

	#write(name: RoomName, isRefused: boolean): void {
		const room = this.room(name);
		if (!room) return;
		const text = `mine ${++this.#texts}${isRefused ? ` ${BANNED}` : ""}`;
		room.send(text);
		this.recorder.write(room, text);
		this.reference.addWritten(room.name, text, isRefused);
	}

	#amend(name: RoomName, how: "retry" | "discard"): void {
		const room = this.room(name);
		const failed = room?.items.peek().find((item) => item.kind === "message" && item.state === "failed");
		if (!room || failed?.kind !== "message") return;
		if (how === "discard") {
			this.recorder.discard(room, failed.content.body!);
			this.reference.discard(room.name, failed.content.body!);
		}
		room[how](failed.clientId!);
	}

	#change(name: RoomName, how: "edit" | "take back" | "react" | "reply", index: number): void {
		const room = this.room(name);
		const needsOwn = how === "edit" || how === "take back";
		const items = room ? messagesOf(room).filter(({ mine, seq }) => (needsOwn ? mine : seq !== undefined)) : [];
		const item = items.at(-1 - (index % Math.max(1, items.length)));
		if (!room || !item) return;
		const { key, state } = item;
		const body = item.content.body!;
		if (how === "react") room.react(key, "👍", !item.reactions?.some(({ mine }) => mine));
		else if (how === "reply") {
			const text = `mine ${++this.#texts}`;
			room.send(text, { reply: key });
			this.recorder.write(room, text);
			this.reference.addWritten(room.name, text, false);
			this.reference.mayFail(room.name, text);
		} else if (how === "take back") {
			const removals = room.removals.peek().length;
			this.recorder.discard(room, body);
			room.remove(key);
			if (room.removals.peek().length > removals) this.reference.removeOnPage(room.name, body);
			else this.reference.discard(room.name, body);
			// Does not wait for the time in which it could be undone.
			this.page.hide();
		} else if (state === "failed" || !body.endsWith(BANNED)) {
			const text = `${idOf(body)} ${++this.#texts}`;
			room.edit(key, text);
			this.reference.edit(room.name, text, state === "failed");
		}
	}

	#read(name: RoomName, what: "older" | "newest" | "up" | "down"): void {
		const room = this.room(name);
		if (what === "older") room?.loadOlder();
		else if (what === "newest") room?.jumpToNewest();
		else room?.setFollowing(what === "down");
	}

	#disturb(action: Action): void {
		const { proxy } = this;
		if (action.type === "hold packets") proxy.holdsPackets = true;
		else if (action.type === "release packets") proxy.releasePackets();
		else if (action.type === "hold requests") proxy.holdsRequests = true;
		else if (action.type === "release requests") proxy.releaseRequests();
		else if (action.type === "lose requests") proxy.loseRequests();
		else if (action.type === "deliver") proxy.deliver(action.index);
		else if (action.type === "duplicate") proxy.duplicate(action.index);
		else if (action.type === "lose") proxy.lose(action.index);
		else if (action.type === "terminate") proxy.terminate();
		else if (action.type === "orphan") proxy.orphan();
		else if (action.type === "open" || action.type === "close") proxy.isOpen = action.type === "open";
	}
}

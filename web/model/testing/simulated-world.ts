import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { User } from "../../../app/protocol/session.ts";
import { Random } from "../../../load/kit/random.ts";
import type { MessageItem } from "../item.ts";
import { Pins } from "../pins.ts";
import type { Room } from "../room.ts";
import { createSignedInUser, type SignedInUser } from "../signed-in-user.ts";
import { type Thread, Threads } from "../threads.ts";
import { Intentions } from "./intentions.ts";
import { localStorageInMemory } from "./local-storage-in-memory.ts";
import { pendingInMemory } from "./pending-in-memory.ts";
import { SimulatedConnection } from "./simulated-connection.ts";
import { SimulatedLog } from "./simulated-log.ts";
import { refusalOf } from "./simulated-refusals.ts";
import { checkScreen, idOf } from "./world-checks.ts";

export const ME: User = { id: "me", name: "ada" };
export const OTHER: User = { id: "other", name: "grace" };
const EMOJI = ["👍", "🎉", "❤️"];

/** A page on an unreliable network, with random actions of its user, other clients and the network. */
export class SimulatedWorld {
	readonly random: Random;
	readonly log = new SimulatedLog("lobby");
	readonly #storage = localStorageInMemory();
	readonly #store = pendingInMemory();
	readonly intentions = new Intentions();
	/** Ids of the messages written on this page. */
	writtenHere = new Set<string>();
	#texts = 0;
	readonly #hidden = new Set<() => void>();
	connection!: SimulatedConnection;
	user!: SignedInUser;
	room!: Room;
	/** The thread of the first message. */
	thread!: Thread;

	constructor(seed: number) {
		this.random = new Random(String(seed));
		this.#storage.set("roomsOf", ME.id);
		this.#storage.set("rooms", ["lobby"]);
		this.log.pageSize = 3 + this.#below(30);
		for (let count = 1 + this.#below(70); count > 0; count--) this.log.append(OTHER, { body: this.#text("other") });
	}

	/** Opens a page with the storage of the last one. */
	async load(): Promise<void> {
		this.connection?.terminate();
		this.user?.close();
		this.writtenHere = new Set();
		this.connection = new SimulatedConnection(this.log, ME, (request) => refusalOf(request, this));
		this.user = createSignedInUser({
			user: ME,
			connection: this.connection.connection,
			storage: this.#storage,
			listOwn: async () => [],
			onRemoved: () => assert.fail("an open room has no members"),
			pendingStore: this.#store,
			onReplaced: () => assert.fail("nobody else has signed in"),
			onHiddenChange: (listener) => {
				this.#hidden.add(listener);
				return () => this.#hidden.delete(listener);
			},
		});
		this.room = this.user.rooms.joined.peek()[0]!;
		this.thread = this.room.openThread(1, Threads);
		void this.room.loadPinned(Pins);
		// The store is asynchronous, so the page is empty for a few turns, as in a browser.
		await this.turns(10);
	}

	async turns(count: number): Promise<void> {
		for (let turn = 0; turn < count; turn++) await null;
	}

	get items(): MessageItem[] {
		return this.room.items.peek().filter((item) => item.kind === "message");
	}

	serve(): void {
		const entry = this.connection.serve();
		if (entry) this.connection.broadcast([entry]);
	}

	step(): void {
		const { connection } = this;
		const actions: [number, () => void][] = [
			[14, () => this.#write()],
			[8, () => this.#change()],
			[4, () => this.#read()],
			[24, () => this.serve()],
			[36, () => connection.deliver()],
			[6, () => connection.deliver(this.#below(connection.packets.length))],
			[10, () => this.#append(OTHER, "other")],
			[4, () => this.#append(ME, "phone")],
			[8, () => this.#changeElsewhere(OTHER)],
			[4, () => this.#changeElsewhere(ME)],
			[3, () => this.#moderate()],
			[4, () => this.#moveMark()],
			[4, () => this.#duplicate()],
			[4, () => this.#drop()],
			[4, () => connection.terminate()],
			[8, () => connection.connect()],
			[4, () => connection.timeOut()],
		];
		let rest = this.random.next() * actions.reduce((sum, [weight]) => sum + weight, 0);
		for (const [weight, action] of actions) {
			rest -= weight;
			if (rest >= 0) continue;
			action();
			return;
		}
	}

	check(): void {
		checkScreen(this);
	}

	/** Delivers everything. Lost packets are detected by a new connection, or by one more message on the old one. */
	async settle(t: TestContext): Promise<void> {
		if (this.random.chance(0.5)) this.connection.terminate();
		this.connection.connect();
		this.#append(OTHER, "last");
		const deliverAll = async () => {
			for (let turn = 0; turn < 500 && (this.#isBusy() || turn < 5); turn++) {
				while (this.connection.requests.length + this.connection.packets.length > 0) {
					this.serve();
					this.connection.deliver();
					await this.turns(3);
					this.check();
				}
				t.mock.timers.tick(30_000);
				await this.turns(5);
			}
		};
		await deliverAll();
		this.room.setFollowing(true);
		// What was refused is shown to the user, who tries again.
		void this.room.jumpToNewest();
		void this.room.loadPinned(Pins);
		void this.thread.jumpToNewest();
		await deliverAll();
		this.room.setFollowing(false);
		for (const part of [this.room, this.thread]) {
			for (let page = 0; page < 100 && part.hasOlder.peek(); page++) {
				void part.loadOlder();
				await deliverAll();
			}
		}
	}

	#isBusy(): boolean {
		const waits = this.items.some((item) => item.state === "queued" && (!item.reply || item.reply.seq !== undefined));
		return this.connection.requests.length + this.connection.packets.length > 0 || waits;
	}

	#write(): void {
		const text = this.#text("mine") + (this.random.chance(0.1) ? " refused" : "");
		this.intentions.write(idOf(text), text);
		this.writtenHere.add(idOf(text));
		const reply = this.random.chance(0.3) ? this.#pick(this.items)?.key : undefined;
		if (reply !== undefined && this.random.chance(0.3)) this.thread.send(text, { reply });
		else this.room.send(text, { reply });
	}

	/** The user changes a message on the screen. */
	#change(): void {
		const { room, intentions } = this;
		const item = this.#pick(this.items);
		if (!item) return;
		const { key, mine, state } = item;
		const id = idOf(item.content.body!);
		const what = this.random.next();
		if (what < 0.4) {
			const emoji = this.#pick(EMOJI)!;
			const on = this.random.chance(0.6);
			room.react(key, emoji, on);
			intentions.react(id, emoji, on);
		} else if (what < 0.5) room.pin(key, this.random.chance(0.6));
		else if (what < 0.6) {
			for (const listener of this.#hidden) listener();
		} else if (mine && what < 0.8) {
			const text = `${id} ${++this.#texts}${this.random.chance(0.2) ? " refused" : ""}`;
			room.edit(key, text);
			intentions.edit(id, text, state === "failed");
		} else if (mine) {
			const removals = room.removals.peek().length;
			room.remove(key);
			intentions.remove(id);
			if (room.removals.peek().length === removals || this.random.chance(0.6)) return;
			room.undoRemoval(key);
			intentions.undoRemoval(id);
		}
	}

	#read(): void {
		const { room } = this;
		const actions = [
			() => room.loadOlder(),
			() => room.loadNewer(),
			() => room.jumpToNewest(),
			() => room.jumpTo(1 + this.#below(this.log.head)),
			() => this.thread.loadOlder(),
			() => this.thread.jumpToNewest(),
		];
		void this.#pick(actions)!();
		room.setFollowing(this.random.chance(0.5));
	}

	/** The user reads, or marks as unread, here or on another device. */
	#moveMark(): void {
		const seq = 1 + this.#below(this.log.head);
		const actions = [
			() => this.room.seen(this.random.chance(0.5) ? seq : undefined),
			() => this.room.markUnread(seq),
			() => this.connection.moveElsewhere(seq),
			() => this.connection.moveElsewhere(seq - 1, true),
		];
		this.#pick(actions)!();
	}

	#append(author: User, name: string): void {
		const reply = this.random.chance(0.3) ? this.#pick(this.log.messages)?.seq : undefined;
		const entry = this.log.append(author, { body: this.#text(name) }, reply === undefined ? {} : { reply });
		this.connection.broadcast([entry]);
	}

	/** Another client changes a message. */
	#changeElsewhere(user: User): void {
		const message = this.#pick(this.log.messages);
		if (!message) return;
		const { seq, author, body, pinned, reactions = [] } = message;
		const id = idOf(body!);
		const emoji = this.#pick(EMOJI)!;
		if (author.id === user.id && this.random.chance(0.4)) {
			this.connection.broadcast([this.log.edit(user, seq, `${id} ${++this.#texts}`)]);
			if (user === ME) this.intentions.forgetText(id);
		} else if (this.random.chance(0.2)) this.connection.broadcast([this.log.pin(user, seq, !pinned)]);
		else {
			const users = reactions.find((reaction) => reaction.emoji === emoji)?.users ?? [];
			this.connection.broadcast([this.log.react(user, seq, emoji, !users.some(({ id }) => id === user.id))]);
			if (user === ME) this.intentions.forgetReaction(id, emoji);
		}
	}

	#moderate(): void {
		const target = this.#pick(this.log.messages);
		if (!target) return;
		this.intentions.remove(idOf(target.body!));
		this.connection.broadcast([this.log.remove(target.seq)]);
	}

	#duplicate(): void {
		const packet = this.connection.packets.find(({ kind }) => kind === "appended");
		if (packet) this.connection.packets.push(packet);
	}

	#drop(): void {
		const index = this.connection.packets.findIndex(({ kind }) => kind === "appended");
		if (index !== -1) this.connection.packets.splice(index, 1);
	}

	#text(name: string): string {
		return `${name} ${++this.#texts}`;
	}

	#pick<T>(list: readonly T[]): T | undefined {
		return list[this.#below(list.length)];
	}

	#below(limit: number): number {
		return Math.floor(this.random.next() * limit);
	}
}

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Entry } from "../../../app/protocol/log.ts";
import type { MessageItem } from "../item.ts";
import type { Room } from "../room.ts";
import { createSignedInUser, type SignedInUser } from "../signed-in-user.ts";
import { ADA_USER, GRACE_USER } from "./entries.ts";
import { localStorageInMemory } from "./local-storage-in-memory.ts";
import { pendingInMemory } from "./pending-in-memory.ts";
import { type Refuse, SimulatedConnection } from "./simulated-connection.ts";
import { SimulatedLog } from "./simulated-log.ts";

type Options = {
	/** Messages of grace that the log has. */
	count?: number;
	refuse?: Refuse;
	/** Called with the log before the page joins. */
	prepare?: (log: SimulatedLog) => void;
};

/** Ada's page with one room, on a connection to a simulated log. Timers are mocked. */
export class SimulatedRoom {
	readonly log = new SimulatedLog("lobby");
	readonly #storage = localStorageInMemory();
	readonly store = pendingInMemory();
	readonly #refuse: Refuse;
	readonly #hidden = new Set<() => void>();
	simulated!: SimulatedConnection;
	user!: SignedInUser;
	room!: Room;

	private constructor(refuse: Refuse) {
		this.#refuse = refuse;
		this.#storage.set("roomsOf", ADA_USER.id);
		this.#storage.set("rooms", ["lobby"]);
	}

	/** Opens the page and joins. */
	static async open(t: TestContext, { count = 3, refuse = () => undefined, prepare }: Options = {}) {
		t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
		const opened = new SimulatedRoom(refuse);
		for (let index = 1; index <= count; index++) opened.log.append(GRACE_USER, { body: `message ${index}` });
		prepare?.(opened.log);
		await opened.reload();
		return opened;
	}

	/** Closes the page without notice and opens another one with its storage. Joins unless `isOffline`. */
	async reload({ isOffline = false } = {}): Promise<void> {
		this.simulated?.terminate();
		this.user?.close();
		this.simulated = new SimulatedConnection(this.log, ADA_USER, this.#refuse);
		this.user = createSignedInUser({
			user: ADA_USER,
			connection: this.simulated.connection,
			storage: this.#storage,
			listOwn: async () => [],
			onRemoved: () => assert.fail("an open room has no members"),
			pendingStore: this.store,
			onReplaced: () => assert.fail("nobody else has signed in"),
			onHiddenChange: (listener) => {
				this.#hidden.add(listener);
				return () => this.#hidden.delete(listener);
			},
		});
		this.room = this.user.rooms.joined.peek()[0]!;
		await turns();
		if (!isOffline) await this.connect();
	}

	async connect(): Promise<void> {
		this.simulated.connect();
		await this.settle();
	}

	disconnect(): void {
		this.simulated.terminate();
	}

	hide(): void {
		for (const listener of this.#hidden) listener();
	}

	/** Handles requests and delivers packets until none are left. */
	async settle(): Promise<void> {
		const { simulated } = this;
		await turns();
		while (simulated.requests.length + simulated.packets.length > 0) {
			this.serve();
			simulated.deliver();
			await turns();
		}
	}

	/** The server handles the next request. */
	serve(): void {
		const entry = this.simulated.serve();
		if (entry) this.simulated.broadcast([entry]);
	}

	/** Delivers entries of other users. */
	async receive(...entries: Entry[]): Promise<void> {
		this.simulated.broadcast(entries);
		await this.settle();
	}

	/** The messages on the screen. */
	get items(): MessageItem[] {
		return this.room.items.value.filter((item) => item.kind === "message");
	}

	/** The texts on the screen. */
	get texts(): string[] {
		return this.items.map(({ content }) => content.body!);
	}

	/** Returns the message with this text. */
	item(text: string): MessageItem {
		const found = this.items.find(({ content }) => content.body === text);
		assert.ok(found, `"${text}" is not among ${this.texts.join(", ")}`);
		return found;
	}

	/** The events that wait for the server, in order. */
	get requested(): string[] {
		return this.simulated.requests.map(({ event }) => event);
	}

	/** The clientIds of what the device has stored. */
	async kept(): Promise<string[]> {
		const kept: string[] = [];
		await this.store.adopt(ADA_USER, (records) => kept.push(...records.map(({ clientId }) => clientId)));
		return kept;
	}
}

/** Lets code that awaits promises run. */
async function turns(): Promise<void> {
	for (let turn = 0; turn < 10; turn++) await null;
}

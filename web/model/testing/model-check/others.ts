import type { SessionData } from "../../../../app/protocol/session.ts";
import type { TestClient } from "../../../../app/testing/client.ts";
import type { TestServer } from "../../../../app/testing/harness.ts";
import type { Reference } from "./reference.ts";

export const ADMIN_TOKEN = "the-admin-of-the-tests";

/** Another person, and the same one on another device, on lines that nothing happens to; and the admin. */
export class Others {
	readonly #server: TestServer;
	readonly #reference: Reference;
	readonly #grace: TestClient;
	readonly #phone: TestClient;
	#texts = 0;

	private constructor(server: TestServer, reference: Reference, grace: TestClient, phone: TestClient) {
		this.#server = server;
		this.#reference = reference;
		this.#grace = grace;
		this.#phone = phone;
	}

	/** Both are in all of the rooms. */
	static async join(server: TestServer, reference: Reference, ada: SessionData, rooms: string[]): Promise<Others> {
		const [grace, phone] = [await server.client("grace"), await server.connect(ada)];
		for (const room of rooms) for (const client of [grace, phone]) await client.join(room);
		return new Others(server, reference, grace, phone);
	}

	/** Resolves when all of it is acked. */
	async say(room: string, from: "grace" | "phone", times = 1, chars = 0): Promise<void> {
		const client = from === "grace" ? this.#grace : this.#phone;
		const texts = Array.from({ length: times }, () => `${from} ${++this.#texts}`.padEnd(chars, "."));
		const acks = await Promise.all(texts.map((text) => client.send(room, text)));
		for (const [index, { seq }] of acks.entries()) this.#reference.stored(room, seq, texts[index]!);
	}

	/** Takes back the newest message but `index`, counted round and round, if it is still there. */
	async remove(room: string, index: number): Promise<void> {
		const entries = this.#grace.entries(room).filter((entry) => entry.kind === "message");
		const target = entries.at(-1 - (index % Math.max(1, entries.length)));
		if (!target?.body || this.#reference.removed.has(target.body)) return;
		this.#reference.removes(target.body);
		const response = await fetch(`${this.#server.url}/api/rooms/${room}/messages/${target.seq}`, {
			method: "DELETE",
			headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
		});
		if (!response.ok) throw new Error(`The removal was answered with ${response.status}.`);
	}

	leave(): void {
		for (const client of [this.#grace, this.#phone]) client.close();
	}
}

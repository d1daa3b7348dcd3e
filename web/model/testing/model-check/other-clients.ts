import type { SessionData } from "../../../../app/protocol/session.ts";
import type { TestClient } from "../../../../app/testing/client.ts";
import type { TestServer } from "../../../../app/testing/harness.ts";
import type { ReferenceModel } from "./reference-model.ts";

export const MODEL_CHECK_ADMIN_TOKEN = "the-admin-of-the-tests";

/** Another user, the page's user on another device, and the admin, all on reliable connections. */
export class OtherClients {
	readonly #server: TestServer;
	readonly #reference: ReferenceModel;
	readonly #grace: TestClient;
	readonly #phone: TestClient;
	#texts = 0;

	private constructor(server: TestServer, reference: ReferenceModel, grace: TestClient, phone: TestClient) {
		this.#server = server;
		this.#reference = reference;
		this.#grace = grace;
		this.#phone = phone;
	}

	/** Joins all rooms with both. */
	static async join(
		server: TestServer,
		reference: ReferenceModel,
		ada: SessionData,
		rooms: string[],
	): Promise<OtherClients> {
		const [grace, phone] = [await server.client("grace"), await server.connect(ada)];
		for (const room of rooms) for (const client of [grace, phone]) await client.join(room);
		return new OtherClients(server, reference, grace, phone);
	}

	/** Sends messages. Resolves when all have their acks. */
	async say(room: string, from: "grace" | "phone", times = 1, chars = 0): Promise<void> {
		const client = from === "grace" ? this.#grace : this.#phone;
		const texts = Array.from({ length: times }, () => `${from} ${++this.#texts}`.padEnd(chars, "."));
		const acks = await Promise.all(texts.map((text) => client.send(room, text)));
		for (const [index, { seq }] of acks.entries()) this.#reference.addStored(room, seq, texts[index]!);
	}

	/** Removes the `index`-newest message (modulo their number), unless it was removed before. */
	async remove(room: string, index: number): Promise<void> {
		const entries = this.#grace.entries(room).filter((entry) => entry.kind === "message");
		const target = entries.at(-1 - (index % Math.max(1, entries.length)));
		if (!target?.body || this.#reference.isRemoved(target.body)) return;
		this.#reference.remove(target.body);
		const response = await fetch(`${this.#server.url}/api/rooms/${room}/messages/${target.seq}`, {
			method: "DELETE",
			headers: { authorization: `Bearer ${MODEL_CHECK_ADMIN_TOKEN}` },
		});
		// The page's user may have removed it meanwhile.
		if (!response.ok && response.status !== 404) throw new Error(`The removal was answered with ${response.status}.`);
	}

	leave(): void {
		for (const client of [this.#grace, this.#phone]) client.close();
	}
}

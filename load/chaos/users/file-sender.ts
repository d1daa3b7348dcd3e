import { createHash, randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { FileInfo } from "../../../app/protocol/file.ts";
import type { SendData } from "../../../app/protocol/message.ts";
import type { Refusal } from "../../../app/protocol/refusal.ts";
import type { SessionData } from "../../../app/protocol/session.ts";
import { type ChatClient, connect, request } from "../../kit/client.ts";
import type { Random } from "../../kit/random.ts";
import type { SentFile, SentMessage } from "../check/check-files.ts";

const RETRY_MS = 50;
const TIMEOUT_MS = 15_000;
const MAX_FILES = 3;
const BYTES = [1, 400_000] as const;
/** The share of messages after which an own one is removed. */
const REMOVALS = 0.4;

type Deps = { url: string; session: SessionData; room: string; random: Random };

/** A user who uploads files, sends them, and removes own messages; everything is tried until it is acknowledged. */
export class FileSender {
	readonly messages: SentMessage[] = [];
	/** Refusals that a retry can't change, such as an uploaded file that the server does not know any more. */
	readonly refusals: string[] = [];
	/** The number of requests that had to be repeated. */
	retries = 0;
	readonly #deps: Deps;
	#socket: ChatClient | undefined;
	#isStopping = false;
	readonly #ended: Promise<void>;

	constructor(deps: Deps) {
		this.#deps = deps;
		this.#ended = this.#run();
	}

	/** Resolves when everything that has begun is acknowledged. */
	async stop(): Promise<void> {
		this.#isStopping = true;
		await this.#ended;
		this.#socket?.disconnect();
	}

	async #run(): Promise<void> {
		const { random } = this.#deps;
		// The room exists once somebody has joined it.
		await this.#untilAcked("room:join", () => this.#joined());
		while (!this.#isStopping) {
			await this.#send();
			if (random.chance(REMOVALS)) await this.#remove();
		}
	}

	async #send(): Promise<void> {
		const { random, room } = this.#deps;
		const files: SentFile[] = [];
		const count = random.between(1, MAX_FILES);
		while (files.length < count) {
			const file = await this.#upload(randomBytes(random.between(...BYTES)));
			if (file) files.push(file);
		}
		const message: SentMessage = { clientId: randomUUID(), files, seq: undefined, isRemoved: false };
		this.messages.push(message);
		const payload = { room, clientId: message.clientId, body: "", files: files.map(({ id }) => id) };
		message.seq = (await this.#request<SendData>("message:send", payload))?.seq;
	}

	async #remove(): Promise<void> {
		const { random, room } = this.#deps;
		const own = this.messages.filter(({ seq, isRemoved }) => seq !== undefined && !isRemoved);
		if (own.length === 0) return;
		const message = random.pick(own);
		await this.#request("message:remove", { room, target: message.seq, clientId: randomUUID() });
		message.isRemoved = true;
	}

	/** Resolves with undefined if the upload is refused permanently. What was received of a broken one is another file. */
	#upload(content: Buffer): Promise<SentFile | undefined> {
		const { url, room, session } = this.#deps;
		return this.#untilAcked("upload", async () => {
			const response = await fetch(`${url}/api/files?${new URLSearchParams({ room, name: "file.bin" })}`, {
				method: "POST",
				headers: { authorization: `Bearer ${session.token}` },
				body: new Uint8Array(content),
				signal: AbortSignal.timeout(TIMEOUT_MS),
			});
			const body = (await response.json()) as FileInfo & { error: Refusal };
			if (response.status !== 201) throw new Error(body.error.message, { cause: body.error });
			return { id: body.id, hash: hashOf(content) };
		});
	}

	#request<T>(event: "message:send" | "message:remove", payload: object): Promise<T | undefined> {
		return this.#untilAcked(event, async () => request<T>(await this.#joined(), event, payload, TIMEOUT_MS));
	}

	async #joined(): Promise<ChatClient> {
		if (this.#socket?.connected) return this.#socket;
		const { url, session, room } = this.#deps;
		const socket = await connect(url, session.token);
		await request(socket, "room:join", { room }, TIMEOUT_MS);
		this.#socket = socket;
		return socket;
	}

	async #untilAcked<T>(what: string, attempt: () => Promise<T>): Promise<T | undefined> {
		for (;;) {
			try {
				return await attempt();
			} catch (error) {
				const refusal = (error as Error).cause as Partial<Refusal> | undefined;
				if (refusal?.retryable === false) {
					this.refusals.push(`${what} was refused: ${(error as Error).message}`);
					return undefined;
				}
				this.retries++;
				await sleep(RETRY_MS);
			}
		}
	}
}

export function hashOf(content: Uint8Array): string {
	return createHash("sha256").update(content).digest("base64");
}

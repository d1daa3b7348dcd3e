import { setImmediate as turn } from "node:timers/promises";
import type { Entry } from "../protocol/log.ts";
import type { SendData } from "../protocol/message.ts";
import type { Ack } from "../protocol/refusal.ts";
import { bannedWords } from "../room/banned-words.ts";
import { Chat } from "../room/chat.ts";
import { DEFAULT_LIMITS, type Limits } from "../room/limits.ts";
import type { Connection } from "../room/ports/broadcast.ts";
import { ManualClock } from "./manual-clock.ts";
import { MemoryFileStorage } from "./memory-file-storage.ts";
import { MemoryStore } from "./memory-store.ts";
import { RecordingBroadcast } from "./recording-broadcast.ts";
import { RecordingCluster } from "./recording-cluster.ts";

export const GRACE_MS = 5_000;
/** A word that the domain of {@link openDomain} refuses. */
export const BANNED_WORD = "gorram";

/** The code with which a user of {@link openDomain} claims the chat. */
export const CLAIM_CODE = "claim";

type DomainOptions = { limits?: Partial<Limits>; isStoreShared?: boolean };

/** The whole domain on ports in memory, with a clock that the test advances. */
export function openDomain({ limits = {}, isStoreShared = false }: DomainOptions = {}) {
	const clock = new ManualClock();
	const broadcast = new RecordingBroadcast();
	const cluster = new RecordingCluster();
	const store = new MemoryStore();
	const fileStorage = new MemoryFileStorage();
	/** What `onError` was called with. */
	const errors: string[] = [];
	const none = () => {};
	const chat = new Chat({
		store,
		fileStorage,
		broadcast,
		cluster,
		isStoreShared,
		clock,
		metrics: {
			committed: none,
			recovered: none,
			indexed: none,
			publishLag: none,
			acked: none,
			refused: none,
			delivered: none,
		},
		limits: { ...DEFAULT_LIMITS, ...limits },
		presenceGraceMs: GRACE_MS,
		hasBannedWord: bannedWords(BANNED_WORD),
		fixedAccess: undefined,
		isClaimCode: (code) => code === CLAIM_CODE,
		onSessionRevoked: none,
		sources: [],
		onCommit() {},
		onError: (error, during) => errors.push(`${during}: ${error instanceof Error ? error.message : error}`),
	});

	function connect(name: string, id = `${name}-1`, address = "192.0.2.1"): Connection {
		const connection = { id, sessionId: `s-${name}`, user: { id: `u-${name}`, name } };
		chat.members.connect(connection);
		broadcast.connected.push({ connection, address });
		return connection;
	}

	/** Connects and joins. */
	async function member(name: string, room: string): Promise<Connection> {
		const connection = connect(name);
		const ack = await chat.members.join(connection, room);
		if (!ack.ok) throw new Error(ack.error.message);
		return connection;
	}

	let clientIds = 0;
	/** Sends a message. Resolves with its ack. */
	function send(connection: Connection, room: string, body: string, clientId = nextId()) {
		return request((reply) => chat.messages.send(connection, { room, clientId, content: { body } }, reply));
	}
	/** Returns a new client id. */
	function nextId(): string {
		return `client ${++clientIds}`;
	}

	/** Returns the entries that were broadcast since the last call, as "seq body". Discards other events. */
	function entries(): string[] {
		const appended = broadcast.take().filter(({ event }) => event === "room:appended");
		return appended.flatMap(({ payload }) =>
			(payload as { entries: Entry[] }).entries.map(
				(entry) => `${entry.seq} ${"body" in entry ? entry.body : entry.kind}`,
			),
		);
	}

	return { chat, clock, broadcast, cluster, store, fileStorage, errors, connect, member, send, nextId, entries };
}

/** Resolves with the ack of a command that returns a refusal or calls `reply`. */
export function request(
	run: (reply: (ack: Ack<SendData>) => void) => Ack<SendData> | undefined,
): Promise<Ack<SendData>> {
	return new Promise((resolve) => {
		const refusal = run(resolve);
		if (refusal) resolve(refusal);
	});
}

/** Lets all pending promises and immediates settle. */
export async function flushPromises(): Promise<void> {
	for (let turns = 0; turns < 10; turns++) await turn();
}

/** Returns the code of a refusal, and its field. */
export function refusalOf(ack: Ack<unknown>): string {
	if (ack.ok) return "accepted";
	return ack.error.field === undefined ? ack.error.code : `${ack.error.code} ${ack.error.field}`;
}

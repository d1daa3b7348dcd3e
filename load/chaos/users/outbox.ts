import { randomUUID } from "node:crypto";
import type { Entry } from "../../../app/protocol/log.ts";
import type { SendData } from "../../../app/protocol/message.ts";
import type { Ack } from "../../../app/protocol/refusal.ts";
import type { ChatClient } from "../../kit/client.ts";
import type { Command, SentCommand } from "../check/history.ts";

/** For a refusal without `retryAfterMs`. */
const RETRY_MS = 150;

const EVENTS = {
	message: "message:send",
	edit: "message:edit",
	reaction: "reaction:set",
	removal: "message:remove",
} as const satisfies Record<Command["kind"], string>;

type Deps = {
	room: string;
	/** Receives every command that is sent. */
	sent: SentCommand[];
	/** Returns the socket that has joined the room, and its connection number; undefined while there is none. */
	current: () => { socket: ChatClient; connection: number } | undefined;
	onAck: () => void;
	/** Called for every refusal, except that of a change whose message was removed meanwhile. */
	onRefusal: (code: string) => void;
};

/** A user's commands that have no ack yet, in order. They are sent again on every new connection (rule M2). */
export class Outbox {
	/** The highest seq of an ack; 0 before the first. */
	lastAcked = 0;
	readonly #deps: Deps;
	readonly #unacked = new Map<string, SentCommand>();
	readonly #acked = new Set<number>();
	/** Whether the user reacts, by target and emoji. */
	readonly #reactions = new Map<string, boolean>();

	constructor(deps: Deps) {
		this.#deps = deps;
	}

	/** The number of commands without an ack. */
	get size(): number {
		return this.#unacked.size;
	}

	/** Returns the commands without an ack, in the order in which they were first sent. */
	commands(): IteratorObject<Command> {
		return this.#unacked.values().map(({ command }) => command);
	}

	/** Whether the user's last command about this reaction was to set it. */
	readonly hasReacted = (target: number, emoji: string): boolean => this.#reactions.get(`${target} ${emoji}`) ?? false;

	add(command: Command): void {
		if (command.kind === "reaction") this.#reactions.set(`${command.target} ${command.emoji}`, command.on);
		const clientId = randomUUID();
		const sent: SentCommand = {
			clientId,
			command,
			connection: 0,
			sentAt: performance.now(),
			acks: [],
			refusals: 0,
			hasNoTarget: false,
		};
		this.#deps.sent.push(sent);
		this.#unacked.set(clientId, sent);
		this.#send(sent);
	}

	/**
	 * Whether the command of this own entry was first sent on this connection and has no answer yet. A refused one may have
	 * been stored all the same (rule M4).
	 */
	isAwaited(entry: Entry, connection: number): boolean {
		// A reaction that is set a second time has equal entries.
		if (this.#acked.has(entry.seq)) return false;
		const sent = this.#unacked.values().find(({ command }) => isEntryOf(entry, command));
		return sent?.connection === connection && sent.refusals === 0;
	}

	resend(): void {
		for (const sent of this.#unacked.values()) this.#send(sent);
	}

	#send(sent: SentCommand): void {
		const { room, current } = this.#deps;
		const { clientId, command } = sent;
		const on = current();
		if (on === undefined) return;
		sent.connection ||= on.connection;
		const { kind, ...fields } = command;
		const onAck = (ack: Ack<SendData>) => this.#receive(sent, ack, on.connection);
		(on.socket.emit as (...args: unknown[]) => void).call(
			on.socket,
			EVENTS[kind],
			{ room, clientId, ...fields },
			onAck,
		);
	}

	#receive(sent: SentCommand, ack: Ack<SendData>, connection: number): void {
		const { current, onAck, onRefusal } = this.#deps;
		const { clientId, command } = sent;
		if (ack.ok) {
			sent.acks.push({ seq: ack.data.seq, connection, at: performance.now() });
			this.#acked.add(ack.data.seq);
			this.lastAcked = Math.max(this.lastAcked, ack.data.seq);
			this.#unacked.delete(clientId);
			onAck();
			return;
		}
		const { code, retryable, retryAfterMs = RETRY_MS } = ack.error;
		if (code === "not_found" && "target" in command) {
			sent.hasNoTarget = true;
			this.#unacked.delete(clientId);
			return;
		}
		sent.refusals++;
		onRefusal(code);
		// What is refused permanently stays: the checker then finds that it was never acked.
		if (!retryable) return;
		setTimeout(() => {
			if (current()?.connection === connection && this.#unacked.has(clientId)) this.#send(sent);
		}, retryAfterMs);
	}
}

function isEntryOf(entry: Entry, command: Command): boolean {
	switch (entry.kind) {
		case "message":
			return command.kind === "message" && command.body === entry.body;
		case "edit":
			return command.kind === "edit" && command.body === entry.body;
		case "reaction":
			return (
				command.kind === "reaction" &&
				command.target === entry.target &&
				command.emoji === entry.emoji &&
				command.on === entry.on
			);
		case "removal":
			return command.kind === "removal" && command.target === entry.target;
		default:
			return false;
	}
}

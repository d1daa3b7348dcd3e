import { batch } from "@preact/signals";
import type { Refusal } from "../../app/protocol/refusal.ts";
import { createClientId } from "./client-id.ts";
import type { Change, PendingChange, Target } from "./pending.ts";
import type { PendingList } from "./pending-list.ts";
import { UNDO_MS } from "./undo-time.ts";

type PendingChangesOptions = {
	list: PendingList;
	epochOf(room: string): string | undefined;
	/** Sends the next entry of the room, if there is one. */
	send(room: string): void;
	/** Queues a failed message again. */
	retry(clientId: string): void;
	/** Drops a message that was not sent. */
	discard(clientId: string): void;
};

/** What can be set and unset. */
type Setting = Extract<Change, { on: boolean }>;

/**
 * Queues changes of messages. Of two changes of the same thing the later one replaces the earlier one, unless that may
 * have reached the server.
 */
export class PendingChanges {
	readonly #options: PendingChangesOptions;
	readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

	constructor(options: PendingChangesOptions) {
		this.#options = options;
	}

	/** Queues a new text. A message that was never sent, or failed, is sent with this text instead. */
	edit(room: string, target: Target, body: string, mentions?: string[]): Refusal | undefined {
		const { list, retry } = this.#options;
		const unsent = this.#unsentMessage(target);
		if (unsent) {
			list.update(unsent.clientId, { content: { body }, mentions: mentions ?? [] });
			list.persist(unsent.clientId);
			retry(unsent.clientId);
			return undefined;
		}
		return batch(() => {
			this.#dropReplaced(room, target, ({ kind }) => kind === "edit");
			return this.#add(room, target, { kind: "edit", body, ...(mentions && { mentions }) });
		});
	}

	/**
	 * Removes a message: sent after {@link UNDO_MS}, so that it can be undone until then. It is on the device at once, so
	 * that the next page makes it if this one is closed. A message that was never sent, or failed, is discarded.
	 */
	remove(room: string, target: Target): Refusal | undefined {
		const { list, discard } = this.#options;
		const unsent = this.#unsentMessage(target);
		if (unsent) {
			discard(unsent.clientId);
			return undefined;
		}
		const before = list.changesOf(room, target).find(({ kind }) => kind === "removal");
		if (before && before.state !== "failed") return undefined;
		return batch(() => {
			this.#dropReplaced(room, target, ({ kind }) => kind === "removal");
			const refusal = this.#add(room, target, { kind: "removal" }, true);
			if (refusal) return refusal;
			const { clientId } = list.changesOf(room, target).at(-1)!;
			this.#timers.set(
				clientId,
				setTimeout(() => this.#release(clientId), UNDO_MS),
			);
			return undefined;
		});
	}

	/** Takes back a removal that is not sent yet. */
	undoRemoval(room: string, target: Target): void {
		const { list } = this.#options;
		const held = list.changesOf(room, target).find(({ isHeld }) => isHeld);
		if (!held) return;
		this.#stopTimer(held.clientId);
		list.drop((entry) => entry === held);
	}

	/** Sends the removals that could still be undone: the page is hidden, and may be closed without notice. */
	releaseAll(): void {
		for (const clientId of [...this.#timers.keys()]) this.#release(clientId);
	}

	/**
	 * Sets or unsets a reaction or a pin. `isOn`: whether the log shows it set; undefined if that is not known. Nothing is
	 * queued if it is as requested already.
	 */
	set(room: string, target: Target, setting: Setting, isOn: boolean | undefined): Refusal | undefined {
		const isSame = (change: PendingChange) =>
			change.kind === setting.kind && (change.kind !== "reaction" || change.emoji === emojiOf(setting));
		return batch(() => {
			this.#dropReplaced(room, target, isSame);
			const last = this.#options.list.changesOf(room, target).findLast(isSame) as Setting | undefined;
			if ((last?.on ?? isOn) === setting.on) return undefined;
			return this.#add(room, target, setting);
		});
	}

	/** Drops the changes of a message that is removed from the log. The ack of one under way decides about that one. */
	targetRemoved(room: string, target: number): void {
		this.#options.list.drop(
			(one) =>
				one.kind !== "message" &&
				one.room === room &&
				one.target === target &&
				(one.state === "queued" || one.state === "failed"),
		);
	}

	close(): void {
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
	}

	#release(clientId: string): void {
		const { list, send } = this.#options;
		this.#stopTimer(clientId);
		const held = list.find(clientId);
		if (held?.kind !== "removal") return;
		batch(() => {
			this.#dropReplaced(held.room, held.target, ({ kind }) => kind !== "removal");
			list.update(clientId, { isHeld: false });
		});
		send(held.room);
	}

	#stopTimer(clientId: string): void {
		clearTimeout(this.#timers.get(clientId));
		this.#timers.delete(clientId);
	}

	/** Drops the changes that never reached the server, or were refused. */
	#dropReplaced(room: string, target: Target, isReplaced: (change: PendingChange) => boolean): void {
		const { list } = this.#options;
		const replaced = list
			.changesOf(room, target)
			.filter((one) => isReplaced(one) && (one.state === "failed" || (one.state === "queued" && !one.isSent)));
		list.drop((entry) => replaced.includes(entry as PendingChange));
	}

	/** Returns the message if the server cannot have it. */
	#unsentMessage(target: Target) {
		const message = this.#options.list.findMessage(target);
		const isUnsent = message?.state === "failed" || (message?.state === "queued" && message.after === undefined);
		return isUnsent ? message : undefined;
	}

	#add(room: string, target: Target, change: Change, isHeld = false): Refusal | undefined {
		const { list, epochOf, send } = this.#options;
		const { full, nextOrder: order } = list;
		if (full) return full;
		const epoch = typeof target === "number" ? epochOf(room) : undefined;
		list.add({
			...change,
			clientId: createClientId(),
			room,
			target,
			createdAt: Date.now(),
			order,
			...(epoch !== undefined && { epoch }),
			state: "queued",
			...(isHeld && { isHeld }),
		});
		send(room);
		return undefined;
	}
}

function emojiOf(setting: Setting): string | undefined {
	return setting.kind === "reaction" ? setting.emoji : undefined;
}

import type { Ack } from "../protocol/refusal.ts";
import type { AppendQueue } from "./log/append-queue.ts";
import { PINS_FULL } from "./pins.ts";
import type { ModerationNote, NewAuditEntry } from "./ports/audit.ts";
import type { Clock } from "./ports/clock.ts";
import type { AppendOutcome, AppendRefusal } from "./ports/log.ts";
import { accept, type Refused, refuse } from "./refusals.ts";

type AdminAppendsDeps = { appendQueue: Pick<AppendQueue, "append">; clock: Pick<Clock, "now"> };

/** Changes of messages by admins over HTTP. Each one is in the audit log (rule A6). */
export class AdminAppends {
	readonly #deps: AdminAppendsDeps;

	constructor(deps: AdminAppendsDeps) {
		this.#deps = deps;
	}

	/** Removes a message for everyone (rule M6). */
	remove(room: string, target: number, note: ModerationNote = {}): Promise<Ack<{ seq: number }>> {
		return this.#append({ kind: "removal", room, target }, "remove_message", note);
	}

	/** Pins a message, or unpins it (rule C5). */
	setPin(room: string, target: number, on: boolean, note: ModerationNote = {}): Promise<Ack<{ seq: number }>> {
		return this.#append({ kind: "pin", room, target, on }, on ? "pin_message" : "unpin_message", note);
	}

	/** Resolves after the commit. Refuses with `not_found` where `target` is not a message of the room. */
	#append(
		change:
			| { kind: "removal"; room: string; target: number }
			| { kind: "pin"; room: string; target: number; on: boolean },
		act: NewAuditEntry["act"],
		note: ModerationNote,
	): Promise<Ack<{ seq: number }>> {
		const { appendQueue, clock } = this.#deps;
		const createdAt = clock.now();
		const audit: NewAuditEntry = { act, target: { room: change.room, seq: change.target }, createdAt, ...note };
		return new Promise((resolve) => {
			appendQueue.append({ ...change, createdAt, audit }, (outcome) =>
				resolve(outcome.ok ? ackOf(outcome.data) : outcome),
			);
		});
	}
}

function ackOf(result: AppendOutcome): Ack<{ seq: number }> {
	if (result.outcome === "refused") return refusalOf(result.reason);
	return accept({ seq: result.outcome === "appended" ? result.entry.seq : result.seq });
}

function refusalOf(reason: AppendRefusal): Refused {
	return reason === "full" ? PINS_FULL : refuse("not_found", "There is no such message.", { field: "seq" });
}

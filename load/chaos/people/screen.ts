import type { Cursor, Entry } from "../../../app/protocol/log.ts";
import type { Message } from "../../../app/protocol/message.ts";
import type { JoinData } from "../../../app/protocol/room.ts";
import type { Episode, PersonRecord, Told } from "../check/record.ts";

/** What somebody is shown of a room. It keeps everything in the order in which it was shown, also what was wrong. */
export class Screen {
	readonly #record: PersonRecord;
	#epoch: string | undefined;
	#seq = 0;

	constructor(record: PersonRecord) {
		this.#record = record;
	}

	/** The last place that was shown; undefined before the first join. */
	get cursor(): Cursor | undefined {
		return this.#epoch === undefined ? undefined : { epoch: this.#epoch, seq: this.#seq };
	}

	get seq(): number {
		return this.#seq;
	}

	/** Takes the answer to a join: what was missed, or a new start. */
	join({ epoch, seq, gap, entries, messages }: JoinData, line: number): void {
		if (this.#epoch !== undefined && !gap && entries !== undefined) {
			this.take(entries, line);
			return;
		}
		const first = messages?.[0]?.seq ?? seq + 1;
		this.#epoch = epoch;
		this.#seq = first - 1;
		this.#record.episodes.push({ since: this.#seq, told: [] });
		this.#show((messages ?? []).map((message) => tellMessage(message, line)));
		this.#seq = seq;
	}

	take(entries: readonly Entry[], line: number): void {
		this.#show(
			entries.map((entry) =>
				entry.kind === "message"
					? tellMessage(entry, line)
					: { seq: entry.seq, author: undefined, body: undefined, line, at: performance.now() },
			),
		);
	}

	#show(told: readonly Told[]): void {
		const episode = this.#record.episodes.at(-1) as Episode;
		episode.told.push(...told);
		this.#seq = Math.max(this.#seq, told.at(-1)?.seq ?? 0);
	}
}

function tellMessage({ seq, author, body }: Message, line: number): Told {
	return { seq, author: author.id, body, line, at: performance.now() };
}

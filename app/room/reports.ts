import type { Message } from "../protocol/message.ts";
import { isPrivateName } from "../protocol/private-room.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { ReportInfo } from "../protocol/report.ts";
import type { Limits } from "./limits.ts";
import { NO_TARGET } from "./member-appends.ts";
import type { Members } from "./members.ts";
import { type Actor, auditedActor, type People } from "./people/people.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import { MAX_REPORTS_OF_USER, type StoredReport } from "./ports/reports.ts";
import type { Store } from "./ports/store.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { accept, notInRoom, refuse, tooFast } from "./refusals.ts";

type ReportsDeps = {
	members: Pick<Members, "roomOf">;
	people: Pick<People, "refusal">;
	store: Pick<Store, "reports" | "history" | "heads">;
	limits: Pick<Limits, "reports">;
	clock: Clock;
};

type ReportRequest = { room: string; target: number; reason?: string | undefined };

/** Reports of messages: by the people of a room, for owners and moderators (rules G1 to G3). */
export class Reports {
	readonly #deps: ReportsDeps;
	readonly #rate: RateLimiter;

	constructor(deps: ReportsDeps) {
		this.#deps = deps;
		this.#rate = new RateLimiter(deps.limits.reports, deps.clock);
	}

	/** Reports a message that the connection's user sees. Once is as good as twice. */
	async report(connection: Connection, { room: name, target, reason }: ReportRequest): Promise<Ack<unknown>> {
		const { members, store, clock } = this.#deps;
		const { user } = connection;
		const room = members.roomOf(connection, name);
		if (!room) return notInRoom();
		const refusal = tooFast(this.#rate.take(user.id), "You are reporting too fast. Try again in a moment.");
		if (refusal) return refusal;
		const isSeen = target >= (room.access?.firstSeqOf(user.id) ?? 0);
		if (!isSeen || !(await this.#messageAt(name, target))) return NO_TARGET;
		const { epoch } = room.log.tail;
		const createdAt = clock.now();
		const isStored = await store.reports.add({
			room: name,
			epoch,
			seq: target,
			by: { id: user.id, name: user.name },
			...(reason !== undefined && { reason }),
			createdAt,
		});
		return isStored ? accept({}) : FULL;
	}

	/** Returns a page of the reports, newest first, each with its message as it is now. */
	async list(
		by: Actor,
		page: { before?: number; limit: number },
	): Promise<Ack<{ reports: ReportInfo[]; more: boolean }>> {
		const { people, store } = this.#deps;
		const refusal = people.refusal(by, "handle_reports");
		if (refusal) return refusal;
		const { reports, more } = await store.reports.list(page);
		const heads = await store.heads([...new Set(reports.map(({ room }) => room))]);
		const infos: ReportInfo[] = [];
		for (const report of reports) {
			const isThere = heads.get(report.room)?.epoch === report.epoch;
			infos.push(infoOf(report, isThere ? await this.#messageAt(report.room, report.seq) : undefined));
		}
		return accept({ reports: infos, more });
	}

	/** Closes a report, and all others of the same message. */
	async close(by: Actor, id: number): Promise<Ack<unknown>> {
		const { people, store, clock } = this.#deps;
		const refusal = people.refusal(by, "handle_reports");
		if (refusal) return refusal;
		const audit = { act: "close_report", target: { report: id }, createdAt: clock.now(), ...auditedActor(by) } as const;
		const isClosed = await store.reports.close(id, audit);
		return isClosed ? accept({}) : refuse("not_found", "There is no such report. Somebody may have closed it.");
	}

	async #messageAt(room: string, seq: number): Promise<Message | undefined> {
		const { messages } = await this.#deps.store.history(room, { before: seq + 1, limit: 1 });
		const [message] = messages;
		return message?.seq === seq ? message : undefined;
	}
}

/** Of a message of a private room, who reports it shows the message, and not the room. */
function infoOf({ id, room, seq, by, reason, createdAt }: StoredReport, message: Message | undefined): ReportInfo {
	return {
		id,
		...(!isPrivateName(room) && { room }),
		seq,
		...(message && { message: { author: message.author, createdAt: message.createdAt, ...contentOf(message) } }),
		by,
		...(reason !== undefined && { reason }),
		createdAt,
	};
}

function contentOf({ body, files }: Message): { body?: string; files?: number } {
	return { ...(body !== undefined && { body }), ...(files && { files: files.length }) };
}

const FULL = refuse(
	"forbidden",
	`${MAX_REPORTS_OF_USER} of your reports wait for a moderator, which is the maximum. Report more later.`,
);

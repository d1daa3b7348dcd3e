import type { MeasuredCapacity } from "../protocol/headroom.ts";
import type { AuditEntry, AuditStore, NewAuditEntry } from "../room/ports/audit.ts";
import type { CapacityStore } from "../room/ports/capacity.ts";
import type { Ban, ModerationCommand, ModerationStore } from "../room/ports/moderation.ts";
import type { ReportStore, StoredReport } from "../room/ports/reports.ts";
import { MemoryFiles } from "./memory-files.ts";

/** The bans, closed rooms, revoked sessions and audit log of a store in memory. `store/` has the real ones. */
export abstract class MemoryModeration extends MemoryFiles implements AuditStore, ModerationStore {
	readonly audited: AuditEntry[] = [];
	readonly bans = new Map<string, Ban>();
	readonly closedRooms = new Set<string>();
	readonly revoked = new Set<string>();
	readonly reported: StoredReport[] = [];
	readonly reports: ReportStore = {
		add: async (report) => {
			this.write();
			this.reported.push({ ...report, id: this.reported.length + 1 });
			return true;
		},
		list: async ({ limit }) => ({
			reports: [...this.reported].reverse().slice(0, limit),
			more: this.reported.length > limit,
		}),
		close: async (id, audit) => {
			const at = this.reported.findIndex((report) => report.id === id);
			if (at === -1) return false;
			this.reported.splice(at, 1);
			this.record(audit);
			return true;
		},
	};
	#capacity: MeasuredCapacity | undefined;
	readonly capacity: CapacityStore = {
		read: async () => this.#capacity,
		write: async (measured) => {
			this.#capacity = measured;
		},
	};

	async enact(commands: readonly ModerationCommand[], audit: readonly NewAuditEntry[]): Promise<void> {
		this.write();
		for (const command of commands) {
			if (command.kind === "ban") this.bans.set(banKey(command.ban), command.ban);
			else if (command.kind === "unban") this.bans.delete(banKey(command.banned));
			else if (command.kind === "room_closed") this.closedRooms.add(command.room);
			else this.closedRooms.delete(command.room);
		}
		for (const entry of audit) this.record(entry);
	}

	async activeModeration() {
		return this.later({ bans: [...this.bans.values()], closedRooms: [...this.closedRooms] });
	}

	async audit({ before = Number.POSITIVE_INFINITY, limit }: { before?: number; limit: number }) {
		const older = this.audited.filter(({ id }) => id < before).reverse();
		return { entries: older.slice(0, limit), more: older.length > limit };
	}

	async revokeSession(sessionId: string): Promise<void> {
		this.revoked.add(sessionId);
	}

	async revokedSessions(): Promise<string[]> {
		return [...this.revoked];
	}

	async dropEnded(): Promise<void> {}

	protected record(audit?: NewAuditEntry): void {
		this.write();
		if (audit) this.audited.push({ ...audit, id: this.audited.length + 1 });
	}

	/** Throws if writes fail. */
	protected write(): void {
		if (this.failure) throw this.failure;
	}

	/** Returns the result when results are no longer held back. */
	protected async later<T>(result: T): Promise<T> {
		await this.held;
		return result;
	}
}

function banKey({ kind, target, room }: { kind: string; target: string; room?: string }): string {
	return [kind, target, room].join(" ");
}

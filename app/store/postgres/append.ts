import type { Append } from "../../room/ports/log.ts";
import type { AppendResult } from "../append-result.ts";
import { AUDIT_COLUMNS } from "../audit-row.ts";
import { newEpoch } from "../new-epoch.ts";
import { auditJson, auditRecords, deleteOldAudit } from "./audit.ts";
import type { Connections } from "./connections.ts";

type Row = [at: number, seq: number | null, firstCreatedAt: number | null];

const APPEND = "SELECT at, seq, first_created_at FROM hubbub.append_batch($1)";

/** Only a new entry is recorded in the audit log: neither a repeat nor a missing target. */
const APPEND_AND_RECORD = `
	WITH results AS MATERIALIZED (${APPEND}), recorded AS (
		INSERT INTO hubbub.audit (${AUDIT_COLUMNS})
		SELECT ${AUDIT_COLUMNS} FROM ${auditRecords("$2")} JOIN results USING (at)
		WHERE results.seq IS NOT NULL AND results.first_created_at IS NULL
	)
	SELECT at, seq, first_created_at FROM results`;

/** Appends a whole batch in one transaction and one round trip; see the function `append_batch`. */
export async function appendBatch(connections: Connections, batch: readonly Append[]): Promise<AppendResult[]> {
	if (batch.length === 0) return [];
	const { rooms, repeats } = partsOf(batch);
	const audit = batch.flatMap((append, at) =>
		append.kind === "removal" && append.audit ? [[at, append.audit] as const] : [],
	);
	const [statement, values] = audit.length > 0 ? [APPEND_AND_RECORD, [auditJson(audit)]] : [APPEND, []];
	const rows = await connections.query<Row>(statement, [JSON.stringify(rooms), ...values]);
	if (audit.length > 0) await deleteOldAudit(connections);
	const results = new Array<AppendResult>(batch.length).fill(null);
	for (const [at, seq, firstCreatedAt] of rows)
		if (seq !== null) results[at] = firstCreatedAt === null ? seq : [seq, firstCreatedAt];
	for (const [at, firstAt] of repeats) {
		const first = results[firstAt]!;
		results[at] = typeof first === "number" ? [first, batch[firstAt]!.createdAt] : first;
	}
	return results;
}

type RoomBatch = { name: string; epoch: string; created_at: number; items: object[] };

/** Groups the batch by rooms. `repeats` maps the index of each repeat within the batch to the index of the first one. */
function partsOf(batch: readonly Append[]): { rooms: RoomBatch[]; repeats: Map<number, number> } {
	const rooms = new Map<string, RoomBatch>();
	const firsts = new Map<string, number>();
	const repeats = new Map<number, number>();
	for (const [at, append] of batch.entries()) {
		const { room: name, createdAt: created_at } = append;
		const part = rooms.get(name) ?? { name, epoch: newEpoch(), created_at, items: [] };
		rooms.set(name, part);
		const identity = append.kind === "message" ? JSON.stringify([append.author.id, append.clientId]) : String(at);
		const first = firsts.get(identity);
		if (first === undefined) {
			firsts.set(identity, at);
			part.items.push(itemOf(at, append));
		} else repeats.set(at, first);
	}
	return { rooms: [...rooms.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), repeats };
}

function itemOf(at: number, append: Append): object {
	const { kind, createdAt: created_at } = append;
	if (append.kind === "removal") return { at, kind, created_at, target: append.target };
	const { author, clientId: client_id, content } = append;
	const { body, location } = content;
	return { at, kind, created_at, author_id: author.id, author_name: author.name, client_id, body, ...location };
}

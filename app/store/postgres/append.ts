import { MAX_PINS, MAX_PRIVATE_ROOMS, MAX_ROOM_MEMBERS, REACTION_KINDS } from "../../protocol/limits.ts";
import type { Append, AppendRefusal } from "../../room/ports/log.ts";
import { identityOf } from "../append-identity.ts";
import type { AppendResult } from "../append-result.ts";
import { AUDIT_COLUMNS } from "../audit-row.ts";
import { mentionsColumn } from "../entry-row.ts";
import { newEpoch } from "../new-epoch.ts";
import { auditJson, auditRecords, deleteOldAudit } from "./audit.ts";
import type { Connections } from "./connections.ts";
import { readInfos } from "./files.ts";

type Row = [
	at: number,
	seq: number | null,
	firstCreatedAt: number | null,
	root: number | null,
	refusal: AppendRefusal | null,
];

const COLUMNS = "at, seq, first_created_at, root, refusal";
const APPEND = `SELECT ${COLUMNS} FROM hubbub.append_batch($1)`;

/** Only a new entry is recorded in the audit log: neither a repeat nor a refused one. */
const APPEND_AND_RECORD = `
	WITH results AS MATERIALIZED (${APPEND}), recorded AS (
		INSERT INTO hubbub.audit (${AUDIT_COLUMNS})
		SELECT ${AUDIT_COLUMNS} FROM ${auditRecords("$2")} JOIN results USING (at)
		WHERE results.seq IS NOT NULL AND results.first_created_at IS NULL
	)
	SELECT ${COLUMNS} FROM results`;

/** Appends a whole batch in one transaction and one round trip; see the function `append_batch`. */
export async function appendBatch(connections: Connections, batch: readonly Append[]): Promise<AppendResult[]> {
	if (batch.length === 0) return [];
	const { rooms, repeats } = partsOf(batch);
	const audit = batch.flatMap((append, at) => ("audit" in append && append.audit ? [[at, append.audit] as const] : []));
	const [statement, values] = audit.length > 0 ? [APPEND_AND_RECORD, [auditJson(audit)]] : [APPEND, []];
	const rows = await connections.query<Row>(statement, [JSON.stringify(rooms), ...values]);
	if (audit.length > 0) await deleteOldAudit(connections);
	const results = new Array<AppendResult>(batch.length);
	for (const row of rows) results[row[0]] = resultOf(row);
	await addFiles(connections, batch, results);
	for (const [at, firstAt] of repeats) results[at] = repeatOf(results[firstAt]!, batch[firstAt]!.createdAt);
	return results;
}

function resultOf([, seq, firstCreatedAt, root, refusal]: Row): AppendResult {
	if (seq === null) return refusal!;
	if (firstCreatedAt !== null) return [seq, firstCreatedAt];
	return root === null ? seq : { seq, root };
}

/** Adds the files of the new messages to their results. They are immutable, so they are read after the commit. */
async function addFiles(connections: Connections, batch: readonly Append[], results: AppendResult[]): Promise<void> {
	const filesOf = (append: Append) => (append.kind === "message" && append.files) || [];
	const ids = batch.flatMap(filesOf);
	if (ids.length === 0) return;
	const infos = await readInfos(connections, ids);
	for (const [at, append] of batch.entries()) {
		const result = results[at];
		const files = filesOf(append).flatMap((id) => infos.get(id) ?? []);
		if (files.length > 0 && typeof result === "number") results[at] = { seq: result, files };
		else if (files.length > 0 && isNewInThread(result)) results[at] = { ...result, files };
	}
}

function isNewInThread(result: AppendResult | undefined): result is { seq: number; root?: number } {
	return typeof result === "object" && !Array.isArray(result);
}

function repeatOf(first: AppendResult, createdAt: number): AppendResult {
	if (typeof first === "number") return [first, createdAt];
	return typeof first === "string" || Array.isArray(first) ? first : [first.seq, createdAt];
}

type RoomBatch = { name: string; epoch: string; created_at: number; items: object[] };

/**
 * Groups the batch by rooms. The rooms are appended to in the order of their names, so a repeat in another room than the
 * first one is kept back: `repeats` maps its index to that of the first one.
 */
function partsOf(batch: readonly Append[]): { rooms: RoomBatch[]; repeats: Map<number, number> } {
	const rooms = new Map<string, RoomBatch>();
	const firsts = new Map<string, number>();
	const repeats = new Map<number, number>();
	for (const [at, append] of batch.entries()) {
		const { room: name, createdAt: created_at } = append;
		const part = rooms.get(name) ?? { name, epoch: newEpoch(), created_at, items: [] };
		rooms.set(name, part);
		const by = identityOf(append);
		const identity = by ? JSON.stringify([by.userId, by.clientId]) : String(at);
		const first = firsts.get(identity) ?? at;
		firsts.set(identity, first);
		if (batch[first]!.room === name) part.items.push(itemOf(at, append));
		else repeats.set(at, first);
	}
	return { rooms: [...rooms.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), repeats };
}

/** Returns an item as the type `append_item` has it. */
function itemOf(at: number, append: Append): object {
	const { kind, createdAt: created_at } = append;
	const { userId: author_id, userName: author_name, clientId: client_id } = identityOf(append) ?? {};
	const item = { at, kind, created_at, author_id, author_name, client_id };
	if (append.kind === "member" || append.kind === "room") {
		const by = { author_id: append.by.id, author_name: append.by.name };
		if (append.kind === "room") return { ...item, ...by, body: JSON.stringify(append.settings) };
		const body = JSON.stringify({ user: append.user, role: append.role });
		// append_member takes the two bounds in these fields.
		return { ...item, ...by, body, most: MAX_ROOM_MEMBERS, not_before: MAX_PRIVATE_ROOMS };
	}
	switch (append.kind) {
		case "message": {
			const { body, location } = append.content;
			const { reply, files } = append;
			return { ...item, body, ...location, reply, ...mentionsOf(append.mentions), ...(files && { files }) };
		}
		case "edit": {
			const { target, body, notBefore: not_before } = append;
			return { ...item, target, body, not_before, ...mentionsOf(append.mentions) };
		}
		case "reaction":
			return { ...item, target: append.target, emoji: append.emoji, is_on: append.on, most: REACTION_KINDS };
		case "pin":
			return { ...item, target: append.target, is_on: append.on, most: MAX_PINS };
		case "removal":
			return { ...item, target: append.target };
	}
}

function mentionsOf(mentions: string[] | undefined): { mentions?: string | null } | undefined {
	return mentions && { mentions: mentionsColumn(mentions) };
}

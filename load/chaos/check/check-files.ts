import { Findings } from "../../kit/suite/findings.ts";

export type SentFile = { id: string; hash: string };

/** A message with files as its author knows it. */
export type SentMessage = {
	clientId: string;
	files: SentFile[];
	/** Undefined without an ack. */
	seq: number | undefined;
	/** Whether its removal was acked. */
	isRemoved: boolean;
};

/** A file that a message has according to the store. */
export type BoundFile = {
	id: string;
	/** Those of the entry; null where there is none. */
	kind: string | null;
	clientId: string | null;
};

/** Compares what users sent with the store, and with the contents that exist: their hashes by the ids of files. */
export function checkFiles(
	sent: readonly SentMessage[],
	bound: readonly BoundFile[],
	contents: ReadonlyMap<string, string>,
): Findings {
	const findings = new Findings();
	const byId = new Map(bound.map((file) => [file.id, file]));
	for (const message of sent) checkMessage(message, byId, contents, findings);
	for (const { id, kind } of bound) {
		if (kind !== "message") findings.problem(`The file ${id} belongs to ${kind ?? "nothing"} and not to a message.`);
		if (!contents.has(id)) findings.broken("lost", `The content of the file ${id} of a message is missing.`);
	}
	for (const id of contents.keys())
		if (!byId.has(id)) findings.broken("unerased", `The content ${id} is stored, and no message has it.`);
	return findings;
}

function checkMessage(
	{ clientId, files, seq, isRemoved }: SentMessage,
	bound: ReadonlyMap<string, BoundFile>,
	contents: ReadonlyMap<string, string>,
	findings: Findings,
): void {
	findings.sent++;
	if (seq === undefined) {
		findings.broken("unacked", `The message ${clientId} has no ack.`);
		return;
	}
	findings.acked++;
	for (const { id, hash } of files) {
		const its = bound.get(id);
		if (isRemoved) {
			if (its) findings.broken("unerased", `The file ${id} is that of a removed message.`);
		} else if (its?.clientId !== clientId)
			findings.broken("lost", `The message at seq ${seq} has lost its file ${id}.`);
		else if (contents.has(id) && contents.get(id) !== hash)
			findings.broken("altered", `The content of the file ${id} is not what was uploaded.`);
	}
}

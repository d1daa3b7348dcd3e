import { useEffect, useMemo } from "preact/hooks";
import { createAuditLog } from "../../model/audit-log.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { auditSentence } from "./audit-sentence.ts";
import { timeOf } from "./time-of.ts";

/** What owners, moderators and admins did, newest first. */
export function AuditSection({ chat }: { chat: ChatModel }) {
	const log = useMemo(() => createAuditLog(chat.api), [chat]);
	useEffect(() => void log.load(), [log]);
	return (
		<section class="inviting" aria-label="Audit log">
			<h3 class="choice__legend">Audit log</h3>
			{log.problem.value !== "" && (
				<p class="inviting__problem" role="alert">
					{log.problem.value}
				</p>
			)}
			{log.entries.value?.length === 0 && <p class="inviting__lead">Nothing has happened yet.</p>}
			<ul class="inviting__list">
				{log.entries.value?.map((entry) => (
					<li key={entry.id} class="inviting__row">
						<span>{auditSentence(entry)}</span>
						<time class="audit__time" dateTime={new Date(entry.createdAt).toISOString()}>
							{timeOf(entry.createdAt)}
						</time>
					</li>
				))}
			</ul>
			{log.more.value && (
				<button class="button button--quiet" type="button" onClick={log.load}>
					Show older entries
				</button>
			)}
		</section>
	);
}

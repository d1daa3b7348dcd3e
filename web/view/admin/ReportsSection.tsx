import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { ReportInfo } from "../../../app/protocol/report.ts";
import type { User } from "../../../app/protocol/session.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { createReportList } from "../../model/report-list.ts";
import { PersonDialog } from "../moderation/PersonDialog.tsx";
import { showToast } from "../undo/undo.ts";
import { timeOf } from "./time-of.ts";

type Props = {
	chat: ChatModel;
	/** Called when a message is shown in its room. */
	onShow: () => void;
};

/** The reports of messages, newest first. */
export function ReportsSection({ chat, onShow }: Props) {
	const list = useMemo(() => createReportList(chat.api), [chat]);
	const moderated = useSignal<User | undefined>(undefined);
	useEffect(() => void list.load(), [list]);
	const reports = list.reports.value;

	async function show(room: string, seq: number): Promise<void> {
		onShow();
		const refusal = (await chat.rooms.join(room)) ?? (await chat.rooms.current.peek()?.jumpTo(seq));
		if (refusal) showToast(refusal.message);
	}

	return (
		<section class="inviting" aria-label="Reports">
			<h3 class="choice__legend">Reports</h3>
			{list.problem.value !== "" && (
				<p class="inviting__problem" role="alert">
					{list.problem.value}
				</p>
			)}
			{reports?.length === 0 && <p class="inviting__lead">Nobody has reported a message.</p>}
			<ul class="inviting__list">
				{reports?.map((report) => (
					<li key={report.id} class="report">
						<p class="sheet__message">
							<bdi class="sheet__author">{report.message?.author.name ?? "Removed"}</bdi>{" "}
							<span dir="auto">{textOf(report)}</span>
						</p>
						<p class="inviting__lead">
							{report.room === undefined ? "In a private room. " : `In ${report.room}. `}
							Reported by {report.by.name}, {timeOf(report.createdAt)}
							{report.reason === undefined ? "" : `: ${report.reason}`}
						</p>
						<div class="report__actions">
							{report.message && report.room !== undefined && (
								<button class="text-button" type="button" onClick={() => show(report.room!, report.seq)}>
									Show in the room
								</button>
							)}
							{report.message && (
								<button
									class="text-button"
									type="button"
									onClick={() => {
										moderated.value = report.message!.author;
									}}
								>
									Moderate author
								</button>
							)}
							<button class="text-button" type="button" onClick={() => list.close(report)}>
								Done
							</button>
						</div>
					</li>
				))}
			</ul>
			{list.more.value && (
				<button class="button button--quiet" type="button" onClick={list.loadOlder}>
					Show older reports
				</button>
			)}
			{moderated.value !== undefined && (
				<PersonDialog
					chat={chat}
					user={moderated.value}
					onClose={() => {
						moderated.value = undefined;
					}}
				/>
			)}
		</section>
	);
}

function textOf({ message }: ReportInfo): string {
	if (message === undefined) return "The message was removed.";
	const { body = "Location", files = 0 } = message;
	return files === 0 ? body : `${body} (${files === 1 ? "1 file" : `${files} files`})`.trim();
}

import { useEffect, useMemo } from "preact/hooks";
import type { LoadSample } from "../../../app/protocol/headroom.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { createHeadroom } from "../../model/headroom.ts";
import { headroomSentence } from "./headroom-sentence.ts";

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

const ROWS: { label: string; value: (sample: LoadSample) => string }[] = [
	{ label: "Connections", value: ({ connections }) => number.format(connections) },
	{ label: "Messages and changes a second", value: ({ entriesPerS }) => number.format(entriesPerS) },
	{ label: "CPU of one core", value: ({ cpuCores }) => `${Math.round(cpuCores * 100)} %` },
	{ label: "Longest delay", value: ({ lagMs }) => `${number.format(lagMs)} ms` },
	{ label: "Memory", value: ({ memoryBytes }) => `${Math.round(memoryBytes / 1_048_576)} MiB` },
];

/** How much of its capacity the server uses. */
export function HeadroomSection({ chat }: { chat: ChatModel }) {
	const model = useMemo(() => createHeadroom(chat.api), [chat]);
	useEffect(() => void model.load(), [model]);
	const headroom = model.headroom.value;
	return (
		<section class="inviting" aria-label="Headroom">
			<h3 class="choice__legend">Headroom</h3>
			{model.problem.value !== "" && (
				<p class="inviting__problem" role="alert">
					{model.problem.value}
				</p>
			)}
			{headroom && (
				<>
					<p class="inviting__lead">{headroomSentence(headroom)}</p>
					<table class="headroom">
						<thead>
							<tr>
								<th scope="col">Of one server</th>
								<th scope="col">Last minute</th>
								<th scope="col">Most in a day</th>
							</tr>
						</thead>
						<tbody>
							{ROWS.map(({ label, value }) => (
								<tr key={label}>
									<th scope="row">{label}</th>
									<td>{value(headroom.now)}</td>
									<td>{value(headroom.day)}</td>
								</tr>
							))}
						</tbody>
					</table>
				</>
			)}
		</section>
	);
}

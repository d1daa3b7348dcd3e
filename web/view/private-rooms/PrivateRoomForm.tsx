import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { MAX_ROOM_CHARS, MAX_TOPIC_CHARS } from "../../../app/protocol/limits.ts";
import type { Refusal } from "../../../app/protocol/refusal.ts";
import { announce } from "../controls/Announcer.tsx";
import { ChoiceField } from "../controls/ChoiceField.tsx";
import { TextField } from "../controls/TextField.tsx";

export type PrivateRoomFields = { title: string; topic: string; history: boolean };

type Props = {
	fields: PrivateRoomFields;
	/** Whether it asks for a topic. */
	hasTopic?: boolean;
	/** The words of the button, and while it is busy. */
	submit: string;
	submitting: string;
	/** Returns why it was refused. */
	onSubmit: (fields: PrivateRoomFields) => Promise<Refusal | undefined>;
	onCancel: () => void;
};

/** What the owners of a private room set. */
export function PrivateRoomForm({ fields, hasTopic, submit, submitting, onSubmit, onCancel }: Props) {
	const title = useSignal(fields.title);
	const topic = useSignal(fields.topic);
	const history = useSignal<"all" | "none">(fields.history ? "all" : "none");
	const refusal = useSignal<Pick<Refusal, "message" | "field"> | undefined>(undefined);
	const isBusy = useSignal(false);
	const titleInput = useRef<HTMLInputElement>(null);
	const topicInput = useRef<HTMLInputElement>(null);
	const errorOf = (field: string) => (refusal.value?.field === field ? refusal.value.message : undefined);

	function refuse(reason: Pick<Refusal, "message" | "field">): void {
		refusal.value = reason;
		announce(reason.message);
		(reason.field === "topic" ? topicInput : titleInput).current?.focus();
	}

	async function handle(event: Event): Promise<void> {
		event.preventDefault();
		if (isBusy.peek()) return;
		if (title.peek().trim() === "") return refuse({ field: "title", message: "Enter a name, for example Family." });
		isBusy.value = true;
		const all = { title: title.peek().trim(), topic: topic.peek().trim(), history: history.peek() === "all" };
		const reason = await onSubmit(all);
		isBusy.value = false;
		if (reason) refuse(reason);
	}

	const problem = errorOf("title") ?? errorOf("topic") ?? refusal.value?.message;
	return (
		<form class="private-form" onSubmit={handle} noValidate>
			<TextField
				label="Name"
				name="title"
				value={title}
				onEdit={() => {
					refusal.value = undefined;
				}}
				error={problem !== errorOf("topic") ? problem : undefined}
				hint="Only its members see this room and its name."
				maxLength={MAX_ROOM_CHARS}
				autoComplete="off"
				autoCapitalize="words"
				isFirstFocus
				inputRef={titleInput}
			/>
			{hasTopic && (
				<TextField
					label="Topic"
					name="topic"
					value={topic}
					error={errorOf("topic")}
					hint="What this room is about. It may be empty."
					maxLength={MAX_TOPIC_CHARS}
					autoComplete="off"
					inputRef={topicInput}
				/>
			)}
			<ChoiceField
				legend="New members see"
				name="history"
				choices={[
					{ value: "all", label: "All messages" },
					{ value: "none", label: "Only later ones" },
				]}
				chosen={history}
				onChoose={(chosen) => {
					history.value = chosen;
				}}
			/>
			<div class="private-form__buttons">
				<button class="button button--quiet" type="button" onClick={onCancel}>
					Cancel
				</button>
				<button class="button button--primary" type="submit" aria-disabled={isBusy.value}>
					{isBusy.value ? submitting : submit}
				</button>
			</div>
		</form>
	);
}

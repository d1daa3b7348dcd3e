import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { MAX_NAME_CHARS } from "../../../app/protocol/limits.ts";
import type { PersonInfo } from "../../../app/protocol/people.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { createPeopleList } from "../../model/people-list.ts";
import { TextField } from "../controls/TextField.tsx";
import { PersonDialog } from "../moderation/PersonDialog.tsx";

/** The people with a role or an invitation, and what can be done about each. */
export function PeopleSection({ chat }: { chat: ChatModel }) {
	const list = useMemo(() => createPeopleList(chat.api), [chat]);
	const input = useRef<HTMLInputElement>(null);
	const moderated = useSignal<PersonInfo | undefined>(undefined);
	useEffect(() => void list.load(), [list]);
	const me = chat.session.user.value;
	const people = list.people.value;
	const moderating = moderated.value;
	return (
		<section class="inviting" aria-label="People">
			<h3 class="choice__legend">People</h3>
			{list.problem.value !== "" && (
				<p class="inviting__problem" role="alert">
					{list.problem.value}
				</p>
			)}
			<TextField
				label="Find somebody"
				name="person"
				value={list.search}
				hint="Everybody with a role or an invitation is here. Guests of an open chat are in its rooms."
				maxLength={MAX_NAME_CHARS}
				autoComplete="off"
				inputRef={input}
			/>
			{people?.length === 0 && <p class="inviting__lead">Nobody of this name.</p>}
			<ul class="inviting__list">
				{people?.map((person) => {
					const name = person.name ?? person.id;
					return (
						<li key={person.id} class="inviting__row">
							<span>
								<bdi>{name}</bdi>, {person.role}
								{person.id === me?.id && " (you)"}
							</span>
							{person.id !== me?.id && (
								<div class="report__actions">
									<button
										class="text-button"
										type="button"
										aria-label={`Moderate ${name}`}
										onClick={() => {
											moderated.value = person;
										}}
									>
										Moderate
									</button>
									{me?.role === "owner" && (
										<button
											class="text-button"
											type="button"
											aria-label={`Remove ${name} from the chat`}
											onClick={() => list.remove(person)}
										>
											Remove
										</button>
									)}
								</div>
							)}
						</li>
					);
				})}
			</ul>
			{list.more.value && (
				<button class="button button--quiet" type="button" onClick={list.loadMore}>
					Show more people
				</button>
			)}
			{moderating !== undefined && (
				<PersonDialog
					chat={chat}
					user={{ id: moderating.id, name: moderating.name ?? moderating.id }}
					onClose={() => {
						moderated.value = undefined;
						void list.load();
					}}
				/>
			)}
		</section>
	);
}

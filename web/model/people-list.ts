import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { PersonInfo } from "../../app/protocol/people.ts";
import type { ApiClient } from "./api-client.ts";

/** The people with a role or an invitation, for owners and moderators. */
export type PeopleList = {
	/** Those whose name or id has the text of `search`, longest first; undefined until they are loaded. */
	readonly people: ReadonlySignal<readonly PersonInfo[] | undefined>;
	readonly search: Signal<string>;
	/** Whether there are people who are not loaded. */
	readonly more: ReadonlySignal<boolean>;
	/** The sentence of the last refusal. */
	readonly problem: ReadonlySignal<string>;
	/** Loads the first people again. */
	load(): Promise<void>;
	loadMore(): Promise<void>;
	/** Makes a person a stranger. */
	remove(person: PersonInfo): Promise<void>;
};

const PAGE_PEOPLE = 200;

export function createPeopleList(api: ApiClient): PeopleList {
	const all = signal<readonly PersonInfo[] | undefined>();
	const search = signal("");
	const more = signal(false);
	const problem = signal("");
	const people = computed(() => {
		const wanted = search.value.trim().toLowerCase();
		return all.value?.filter(({ id, name = "" }) => id === search.value || name.toLowerCase().includes(wanted));
	});

	async function read(offset: number): Promise<void> {
		const path = `/api/people?limit=${PAGE_PEOPLE}&offset=${offset}`;
		const ack = await api<{ people: PersonInfo[]; more: boolean }>("GET", path);
		batch(() => {
			problem.value = ack.ok ? "" : ack.error.message;
			if (!ack.ok) return;
			all.value = [...(all.peek() ?? []).slice(0, offset), ...ack.data.people];
			more.value = ack.data.more;
		});
	}
	return {
		people,
		search,
		more,
		problem,
		load: () => read(0),
		loadMore: () => read(all.peek()?.length ?? 0),
		async remove({ id }) {
			const ack = await api("DELETE", `/api/people/${id}`);
			if (ack.ok) await read(0);
			else problem.value = ack.error.message;
		},
	};
}

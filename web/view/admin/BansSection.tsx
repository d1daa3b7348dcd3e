import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { type BanList, createBanList } from "../../model/ban-list.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { announce } from "../controls/Announcer.tsx";
import { TextField } from "../controls/TextField.tsx";
import { banSentence } from "../moderation/ban-sentence.ts";

const MAX_ADDRESS_CHARS = 64;

/** The bans and the closed rooms. */
export function BansSection({ chat }: { chat: ChatModel }) {
	const list = useMemo(() => createBanList(chat.api), [chat]);
	useEffect(() => void list.load(), [list]);
	const bans = list.bans.value;
	return (
		<>
			{list.problem.value !== "" && (
				<p class="inviting__problem" role="alert">
					{list.problem.value}
				</p>
			)}
			{bans && (
				<section class="inviting" aria-label="Bans">
					<h3 class="choice__legend">Bans</h3>
					{bans.length === 0 && <p class="inviting__lead">Nobody is banned.</p>}
					<ul class="inviting__list">
						{bans.map((ban) => (
							<li key={`${ban.kind} ${ban.target} ${ban.room}`} class="inviting__row">
								<span>{banSentence(ban)}</span>
								<button
									class="text-button"
									type="button"
									aria-label={`Lift the ban of ${ban.kind === "user" ? (ban.name ?? ban.target) : ban.target}`}
									onClick={() => list.lift(ban)}
								>
									Lift
								</button>
							</li>
						))}
					</ul>
					{list.more.value && <p class="inviting__lead">These are the newest ones.</p>}
					<AddressForm list={list} />
				</section>
			)}
			{bans && (
				<section class="inviting" aria-label="Closed rooms">
					<h3 class="choice__legend">Closed rooms</h3>
					{list.closedRooms.value.length === 0 && <p class="inviting__lead">No room is closed.</p>}
					<ul class="inviting__list">
						{list.closedRooms.value.map((room) => (
							<li key={room} class="inviting__row">
								<bdi>{room}</bdi>
								<button
									class="text-button"
									type="button"
									aria-label={`Reopen ${room}`}
									onClick={() => list.reopen(room)}
								>
									Reopen
								</button>
							</li>
						))}
					</ul>
				</section>
			)}
		</>
	);
}

function AddressForm({ list }: { list: BanList }) {
	const address = useSignal("");
	const input = useRef<HTMLInputElement>(null);
	async function ban(event: Event): Promise<void> {
		event.preventDefault();
		const typed = address.peek().trim();
		if (typed === "" || !(await list.banAddress(typed))) return input.current?.focus();
		address.value = "";
		announce("The address is banned.");
	}
	return (
		<form class="private-form" onSubmit={ban} noValidate>
			<TextField
				label="Ban an address for a day"
				name="address"
				value={address}
				hint="An IPv4 or IPv6 address. Everybody who shares it is banned, except owners and moderators."
				maxLength={MAX_ADDRESS_CHARS}
				autoComplete="off"
				inputRef={input}
			/>
			<div class="private-form__buttons">
				<button class="button button--quiet" type="submit">
					Ban the address
				</button>
			</div>
		</form>
	);
}

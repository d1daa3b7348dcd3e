import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { MAX_NAME_CHARS } from "../../../app/protocol/limits.ts";
import type { Refusal } from "../../../app/protocol/refusal.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { claimChat, redeemInvitation, useDeviceLink } from "../../model/entry.ts";
import { announce } from "../controls/Announcer.tsx";
import { Icon } from "../controls/Icon.tsx";
import { TextField } from "../controls/TextField.tsx";
import { pathOfRoom } from "../rooms/room-address.ts";
import { Splash } from "../Splash.tsx";
import { type EntryLink, entryLink } from "./entry-link.ts";
import { JoinFrame } from "./JoinFrame.tsx";
import { noticePlainName } from "./plain-name-sentence.ts";

const WORDS = {
	claim: {
		title: "Become the owner",
		lead: "This chat has no owner yet. As its owner you invite people and decide who may come in.",
		submit: "Become the owner",
	},
	invite: { title: "You're invited", lead: "Pick a name that others in the chat will see.", submit: "Join" },
	device: {
		title: "Sign in on this device",
		lead: "This link signs you in as the person who made it. It works once.",
		submit: "Sign in",
	},
};
const ACTS = { claim: claimChat, invite: redeemInvitation, device: useDeviceLink };

/** Asks a person who opened the claim link or an invitation for a name, unless they are signed in. */
export function EntryPage({ chat, link: { kind, code } }: { chat: ChatModel; link: EntryLink }) {
	const name = useSignal(chat.session.lastName.peek());
	const refusal = useSignal<Refusal | undefined>(undefined);
	const isBusy = useSignal(false);
	const nameInput = useRef<HTMLInputElement>(null);
	const user = chat.session.user.value;
	const words = WORDS[kind];
	const asksName = !user && kind !== "device";
	if (chat.session.state.value === "restoring" && !isBusy.value)
		return <Splash problem={chat.session.problem} onRetry={() => chat.session.retry()} />;

	function close(room?: string): void {
		history.replaceState(null, "", room === undefined ? "/" : pathOfRoom(room));
		entryLink.value = undefined;
	}

	async function enter(event: Event): Promise<void> {
		event.preventDefault();
		if (isBusy.peek()) return;
		if (asksName && name.peek().trim() === "") return refuse(NAME_MISSING);
		isBusy.value = true;
		refusal.value = undefined;
		const ack = await ACTS[kind](chat, code, asksName ? name.peek() : undefined);
		isBusy.value = false;
		if (!ack.ok) return refuse(ack.error);
		const { room } = ack.data;
		if (asksName) noticePlainName(chat, name.peek());
		close(room);
		if (room !== undefined) await chat.rooms.join(room);
	}

	function refuse(reason: Refusal): void {
		refusal.value = reason;
		announce(reason.message);
		if (reason.field === "name") nameInput.current?.focus();
	}

	const isOfName = refusal.value?.field === "name";
	return (
		<JoinFrame
			title={words.title}
			lead={
				user && kind === "invite" ? (
					<>
						You are signed in as <bdi>{user.name}</bdi>.
					</>
				) : (
					words.lead
				)
			}
		>
			<form class="join__form" onSubmit={enter} noValidate>
				{refusal.value !== undefined && !isOfName && (
					<p class="join__refusal">
						<Icon name="alert" size={18} />
						{refusal.value.message}
					</p>
				)}
				{asksName && (
					<TextField
						label="Your name"
						name="name"
						value={name}
						error={isOfName ? refusal.value?.message : undefined}
						maxLength={MAX_NAME_CHARS}
						autoComplete="nickname"
						autoCapitalize="words"
						inputRef={nameInput}
					/>
				)}
				<button class="button button--primary join__enter" type="submit" aria-disabled={isBusy.value}>
					{isBusy.value ? "One moment…" : words.submit}
				</button>
				{user && (
					<button class="button button--quiet" type="button" onClick={() => close()}>
						Not now
					</button>
				)}
			</form>
		</JoinFrame>
	);
}

const NAME_MISSING: Refusal = { code: "bad_request", retryable: false, field: "name", message: "Enter a name." };

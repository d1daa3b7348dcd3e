import { useEffect, useMemo } from "preact/hooks";
import type { PasskeyInfo, SessionEntry } from "../../../app/protocol/passkeys.ts";
import type { ChatModel } from "../../model/chat-model.ts";
import { createOwnDevices, type OwnDevices as Model } from "../../model/own-devices.ts";
import { addPasskey, passkeyObstacle } from "../../model/passkey-browser.ts";
import { announce } from "../controls/Announcer.tsx";
import { Icon } from "../controls/Icon.tsx";
import { CopyLinkButton } from "../rooms/CopyLinkButton.tsx";
import { QrCode } from "../rooms/QrCode.tsx";
import { RecoveryCodes } from "./RecoveryCodes.tsx";

/** The passkeys and devices of the user. */
export function OwnDevices({ chat }: { chat: ChatModel }) {
	const model = useMemo(() => createOwnDevices(chat.api), [chat]);
	useEffect(() => void model.load(), [model]);
	if (model.passkeys.value === undefined)
		return model.problem.value === "" ? null : <Problem sentence={model.problem.value} />;
	return (
		<section class="inviting" aria-label="Passkeys and devices">
			<Passkeys model={model} chat={chat} />
			{model.problem.value !== "" && <Problem sentence={model.problem.value} />}
			{model.newCodes.value !== undefined && <RecoveryCodes codes={model.newCodes.value} onDone={model.forgetCodes} />}
			<Sessions model={model} />
		</section>
	);
}

function Problem({ sentence }: { sentence: string }) {
	return (
		<p class="inviting__problem" role="alert">
			{sentence}
		</p>
	);
}

function Passkeys({ model, chat }: { model: Model; chat: ChatModel }) {
	const { passkeys, recoveryCodes } = model.passkeys.value!;
	const obstacle = passkeyObstacle(window);

	async function add(): Promise<void> {
		if (await model.add(() => addPasskey(chat.api, window))) announce("Passkey added.");
	}

	return (
		<>
			<div class="inviting__head">
				<h3 class="choice__legend">Passkeys</h3>
				{obstacle === undefined && (
					<button class="button button--quiet" type="button" aria-disabled={model.isAdding.value} onClick={add}>
						<Icon name="plus" />
						Add a passkey
					</button>
				)}
			</div>
			<p class="inviting__lead">
				{obstacle ??
					(passkeys.length === 0
						? "With a passkey you sign in on any device, by fingerprint, face or PIN. Your name is yours in every room, and your messages stay yours."
						: "You sign in with these on any device.")}
			</p>
			{passkeys.length > 0 && (
				<ul class="inviting__list">
					{passkeys.map((passkey) => (
						<li key={passkey.id} class="inviting__row">
							<span>{sentenceOfPasskey(passkey)}</span>
							{passkeys.length > 1 && (
								<button
									class="text-button"
									type="button"
									aria-label={`Remove the passkey added on ${passkey.device}`}
									onClick={() => model.remove(passkey.id)}
								>
									Remove
								</button>
							)}
						</li>
					))}
					<li class="inviting__row">
						<span>{recoveryCodes === 1 ? "1 recovery code left" : `${recoveryCodes} recovery codes left`}</span>
						<button class="text-button" type="button" onClick={model.renewCodes}>
							Make new codes
						</button>
					</li>
				</ul>
			)}
		</>
	);
}

function Sessions({ model }: { model: Model }) {
	const sessions = model.sessions.value;
	const link = model.link.value;
	return (
		<>
			<div class="inviting__head">
				<h3 class="choice__legend">Devices</h3>
				<button class="button button--quiet" type="button" onClick={model.createLink}>
					<Icon name="link" />
					Sign in another device
				</button>
			</div>
			{link !== undefined && (
				<div class="invitation">
					<div class="invitation__link">
						<input
							class="field__input"
							aria-label="Link for another device"
							readOnly
							value={link.url}
							onFocus={(event) => event.currentTarget.select()}
						/>
						<CopyLinkButton link={link.url} />
					</div>
					<QrCode text={link.url} label="QR code for another device" />
					<p class="invitation__lead">
						The device that opens it is signed in as you. It works once, within five minutes: use a device of yours.
					</p>
				</div>
			)}
			<ul class="inviting__list">
				{sessions.map((session) => (
					<li key={session.id} class="inviting__row">
						<span>{sentenceOfSession(session)}</span>
						{!session.current && (
							<button
								class="text-button"
								type="button"
								aria-label={`Sign out ${session.device}`}
								onClick={() => model.end(session.id)}
							>
								Sign out
							</button>
						)}
					</li>
				))}
			</ul>
			{sessions.length > 1 && (
				<button class="button button--quiet" type="button" onClick={() => model.end()}>
					Sign out all other devices
				</button>
			)}
		</>
	);
}

/** Such as "Firefox on Linux, added 4 Dec, last used 6 Dec". */
function sentenceOfPasskey({ device, createdAt, usedAt }: PasskeyInfo): string {
	return `${device}, added ${dayOf(createdAt)}${usedAt === undefined ? "" : `, last used ${dayOf(usedAt)}`}`;
}

function sentenceOfSession({ device, createdAt, current }: SessionEntry): string {
	return current ? `${device}, this device` : `${device}, since ${dayOf(createdAt)}`;
}

function dayOf(time: number): string {
	return new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}

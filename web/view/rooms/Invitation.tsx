import { useMemo } from "preact/hooks";
import type { Room } from "../../model/room.ts";
import { CopyLinkButton } from "./CopyLinkButton.tsx";
import { QrCode } from "./QrCode.tsx";
import { pathOfRoom } from "./room-address.ts";

const STARTERS = ["Hello everyone!", "What should we talk about?", "When shall we meet?"];

/** The link of an empty room, to read, copy or scan, and three messages to start with. */
export function Invitation({ room }: { room: Room }) {
	const link = useMemo(() => location.origin + pathOfRoom(room.name), [room.name]);

	function start(text: string): void {
		room.draft.value = text;
		document.querySelector<HTMLElement>("#composer")?.focus();
	}

	return (
		<div class="invitation">
			<p class="invitation__lead">Anyone with this link can join:</p>
			<div class="invitation__link">
				<input
					class="field__input"
					aria-label="Link to this room"
					readOnly
					value={link}
					onFocus={(event) => event.currentTarget.select()}
				/>
				<CopyLinkButton link={link} />
			</div>
			<QrCode text={link} label="QR code of the link" />
			<p class="invitation__lead">Or start with a message:</p>
			<ul class="invitation__starters">
				{STARTERS.map((text) => (
					<li key={text}>
						<button class="button button--quiet" type="button" onClick={() => start(text)}>
							{text}
						</button>
					</li>
				))}
			</ul>
		</div>
	);
}

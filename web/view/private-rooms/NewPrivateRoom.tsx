import { useEffect, useMemo, useRef } from "preact/hooks";
import type { ChatModel } from "../../model/chat-model.ts";
import { createClientId } from "../../model/client-id.ts";
import { createPrivateRoom } from "../../model/private-rooms.ts";
import { PrivateRoomForm } from "./PrivateRoomForm.tsx";

type Props = { chat: ChatModel; onCreated: () => void; onCancel: () => void };

const FIELDS = { title: "", topic: "", history: true };

/** Asks for the name of a new private room and creates it. */
export function NewPrivateRoom({ chat, onCreated, onCancel }: Props) {
	const clientId = useMemo(createClientId, []);
	const section = useRef<HTMLElement>(null);
	useEffect(() => section.current?.querySelector("input")?.focus(), []);
	return (
		<section ref={section} aria-label="New private room">
			<PrivateRoomForm
				fields={FIELDS}
				submit="Create room"
				submitting="Creating…"
				onCancel={onCancel}
				onSubmit={async ({ title, history }) => {
					const refusal = await createPrivateRoom(chat, { clientId, title, history });
					if (!refusal) onCreated();
					return refusal;
				}}
			/>
		</section>
	);
}

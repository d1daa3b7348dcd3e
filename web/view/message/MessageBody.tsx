import type { MessageItem } from "../../model/item.ts";
import type { Room } from "../../model/room.ts";
import { Loaded } from "../loading/Loaded.tsx";
import { editForm, fileView } from "../parts.ts";
import { editIn } from "./editing.ts";
import { LocationCard } from "./LocationCard.tsx";
import { MessageText } from "./markdown/MessageText.tsx";
import { mentionsOf } from "./mentions-of.ts";
import { SendingMark } from "./SendingMark.tsx";
import { timeFormat } from "./Time.tsx";

type Props = {
	item: MessageItem;
	room: Room;
	/** Whether the form that changes the text is drawn here. */
	hasForm: boolean;
};

/** What a message says, or the form that changes it. */
export function MessageBody({ item, room, hasForm }: Props) {
	const edit = editIn(room).value;
	const content = <Content item={item} room={room} />;
	if (!hasForm || edit?.key !== item.key) return content;
	return (
		<Loaded part={editForm} pending={content}>
			{({ EditForm }) => <EditForm edit={edit} item={item} room={room} />}
		</Loaded>
	);
}

function Content({ item, room }: { item: MessageItem; room: Room }) {
	const { content, editedAt, files } = item;
	const state = item.state === "stored" ? item.edit?.state : item.state;
	return (
		<>
			{content.location ? (
				<LocationCard location={content.location} />
			) : (
				content.body && <MessageText body={content.body} {...mentionsOf(room, item)} />
			)}
			{files && (
				<div class="files">
					{files.map(({ type, width, height }, index) => (
						// It has its size before the part is loaded.
						<div key={index} class={`file file--${type.split("/")[0]}`} style={{ "--ratio": width! / height! || 1 }}>
							<Loaded part={fileView}>{({ FileView }) => <FileView files={files} index={index} />}</Loaded>
						</div>
					))}
				</div>
			)}
			{editedAt !== undefined && (
				<span class="edited" title={`Edited ${timeFormat.exact(editedAt)}`}>
					(edited)
				</span>
			)}
			{(state === "queued" || state === "sending") && <SendingMark state={state} />}
		</>
	);
}

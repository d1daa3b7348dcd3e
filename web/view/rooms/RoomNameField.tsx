import { MAX_ROOM_CHARS } from "../../../app/protocol/limits.ts";
import { TextField, type TextFieldProps } from "../controls/TextField.tsx";

export const ROOM_NAME_MISSING = "Enter a room name, for example kitchen.";

/** A field for the name of a room, existing or not. */
export function RoomNameField(
	props: Pick<TextFieldProps, "label" | "value" | "onEdit" | "error" | "inputRef" | "isFirstFocus">,
) {
	return (
		<TextField
			{...props}
			name="room"
			hint="If the room doesn't exist yet, we'll create it."
			maxLength={MAX_ROOM_CHARS}
			autoComplete="off"
		/>
	);
}

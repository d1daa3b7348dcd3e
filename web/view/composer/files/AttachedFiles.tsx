import { MAX_ALT_CHARS } from "../../../../app/protocol/limits.ts";
import { localFiles } from "../../../model/files/local-files.ts";
import { CloseButton } from "../../controls/CloseButton.tsx";
import { Drawing } from "../../controls/Icon.tsx";
import { fileSize } from "../../message/files/file-size.ts";
import { DOCUMENT } from "../../message/files/icons.ts";
import type { Attachment, Attachments } from "./attachments.ts";

type Props = {
	attachments: Attachments;
	/** Called with the id of a file. */
	onRemove: (id: string) => void;
};

/** The files of the message that is being written. */
export function AttachedFiles({ attachments, onRemove }: Props) {
	return (
		<ul class="attached" aria-label="Files to send">
			{attachments.list.value.map((attachment) => (
				<AttachedFile
					key={attachment.id}
					attachment={attachment}
					onOriginal={(isOriginal) => void attachments.setOriginal(attachment.id, isOriginal)}
					onRemove={() => onRemove(attachment.id)}
				/>
			))}
		</ul>
	);
}

type FileProps = { attachment: Attachment; onOriginal: (isOriginal: boolean) => void; onRemove: () => void };

function AttachedFile({ attachment, onOriginal, onRemove }: FileProps) {
	const { id, source, alt, prepared, drawn, isOriginal, isAsItIs } = attachment;
	const isPicture = source.type.startsWith("image/");
	const url = localFiles.value.get(id)?.url;
	return (
		<li class="attached__file">
			<span class="attached__picture">
				{isPicture && url !== undefined ? <img src={url} alt="" /> : <Drawing path={DOCUMENT} size={24} />}
			</span>
			<span class="attached__about">
				<bdi class="attached__name" title={source.name}>
					{source.name}
				</bdi>
				<span class="attached__size">
					{prepared.value === undefined ? "Preparing…" : fileSize(prepared.value.content.size)}
					{isAsItIs && ". Sent as it is, with the place if the camera noted it."}
				</span>
			</span>
			<CloseButton class="attached__remove" label={`Remove ${source.name}`} size={16} onClick={onRemove} />
			{drawn && (
				<label class="attached__original">
					<input type="checkbox" checked={isOriginal} onChange={(event) => onOriginal(event.currentTarget.checked)} />
					Send the original, {fileSize(source.size)}
				</label>
			)}
			{isPicture && (
				<input
					class="attached__alt"
					aria-label={`Description of ${source.name}`}
					placeholder="Describe it for people who can't see it"
					maxLength={MAX_ALT_CHARS}
					autoComplete="off"
					value={alt.value}
					onInput={(event) => {
						alt.value = event.currentTarget.value;
					}}
				/>
			)}
		</li>
	);
}

import type { FileInfo } from "../../../../app/protocol/file.ts";
import { localFiles } from "../../../model/files/local-files.ts";
import { CloseButton } from "../../controls/CloseButton.tsx";

/** How much of an own file is uploaded, with a button that takes it out of its message. */
export function UploadProgress({ file: { id, name } }: { file: FileInfo }) {
	const { progress, cancel } = localFiles.value.get(id) ?? {};
	return (
		<>
			{progress?.value !== undefined && (
				<progress class="file__progress" aria-label={`Uploading ${name}`} value={progress.value} />
			)}
			{cancel?.value && <CloseButton class="file__cancel" label={`Cancel ${name}`} size={16} onClick={cancel.value} />}
		</>
	);
}

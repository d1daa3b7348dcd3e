import type { FileInfo } from "../../../../app/protocol/file.ts";
import { Drawing } from "../../controls/Icon.tsx";
import { FileAbout } from "./FileAbout.tsx";
import { urlOf } from "./file-url.ts";
import { DOCUMENT } from "./icons.ts";

/** A file that the browser can't show: its name and size, to download it. */
export function FileCard({ file }: { file: FileInfo }) {
	return (
		<a class="file__card" href={urlOf(file)} download={file.name}>
			<span class="file__icon">
				<Drawing path={DOCUMENT} size={24} />
			</span>
			<FileAbout file={file} act="Download" />
		</a>
	);
}

import type { FileInfo } from "../../../../app/protocol/file.ts";
import { fileSize } from "./file-size.ts";

/** The name and size of a file, on what downloads or plays it. `act` is read by screen readers. */
export function FileAbout({ file: { name, bytes }, act }: { file: FileInfo; act: string }) {
	return (
		<span class="file__about">
			<bdi class="file__name" title={name}>
				{name}
			</bdi>
			<span class="file__size">
				<span class="visually-hidden">{act}, </span>
				{fileSize(bytes)}
			</span>
		</span>
	);
}

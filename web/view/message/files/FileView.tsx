import { useLayoutEffect, useRef } from "preact/hooks";
import type { FileInfo } from "../../../../app/protocol/file.ts";
import { FileCard } from "./FileCard.tsx";
import { Picture } from "./Picture.tsx";
import { Player } from "./Player.tsx";
import { UploadProgress } from "./UploadProgress.tsx";

type Props = { files: readonly FileInfo[]; index: number };

/** A file of a message: a picture, a player, or a card to download it. */
export function FileView({ files, index }: Props) {
	const element = useRef<HTMLDivElement>(null);
	const file = files[index]!;
	const kind = file.type.split("/")[0];

	useLayoutEffect(() => {
		// The row has set its tab stops before this part was loaded.
		const isTabStop = element.current?.closest("article")?.tabIndex === 0;
		for (const inside of element.current?.querySelectorAll<HTMLElement>("a, button") ?? [])
			inside.tabIndex = isTabStop ? 0 : -1;
	});

	return (
		<div ref={element} class="file__view">
			{kind === "image" ? (
				<Picture files={files} file={file} />
			) : kind === "video" || kind === "audio" ? (
				<Player file={file} kind={kind} />
			) : (
				<FileCard file={file} />
			)}
			<UploadProgress file={file} />
		</div>
	);
}

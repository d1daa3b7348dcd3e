import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { thumbHashToDataURL } from "thumbhash";
import type { FileInfo } from "../../../../app/protocol/file.ts";
import { fileSize } from "./file-size.ts";
import { urlOf } from "./file-url.ts";
import { openPictures } from "./PictureViewer.tsx";
import { useIsNear } from "./use-is-near.ts";

type Props = {
	/** Those of the message. */
	files: readonly FileInfo[];
	file: FileInfo;
};

/**
 * A picture of a message, which opens larger. It is loaded when it is near the view, and on request where the user saves
 * data.
 */
export function Picture({ files, file }: Props) {
	const isShown = useSignal(!savesData());
	const { alt, name, bytes, thumbhash } = file;
	const blurred = useMemo(() => blurredBackground(thumbhash), [thumbhash]);
	const link = useRef<HTMLAnchorElement>(null);
	const isNear = useIsNear(link);
	if (!isShown.value)
		return (
			<button
				class="file__show"
				type="button"
				onClick={() => {
					isShown.value = true;
				}}
			>
				Show picture, {fileSize(bytes)}
			</button>
		);
	return (
		<a
			ref={link}
			class="file__link"
			style={blurred}
			href={urlOf(file)}
			target="_blank"
			rel="noopener noreferrer"
			onClick={(event) => {
				// With these, the browser opens a tab.
				if (event.ctrlKey || event.metaKey || event.shiftKey) return;
				event.preventDefault();
				openPictures(
					files.filter(({ type }) => type.startsWith("image/")),
					file,
				);
			}}
		>
			{isNear ? (
				<img class="file__media" src={urlOf(file)} alt={alt ?? name} decoding="async" />
			) : (
				<span class="visually-hidden">{alt ?? name}</span>
			)}
		</a>
	);
}

/** Returns the style that draws a picture without its details; none for a text that is no ThumbHash. */
function blurredBackground(thumbhash = ""): { backgroundImage?: string } {
	try {
		const hash = Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0));
		return { backgroundImage: `url(${thumbHashToDataURL(hash)})` };
	} catch {
		return {};
	}
}

function savesData(): boolean {
	const { connection } = navigator as { connection?: { saveData?: boolean } };
	return connection?.saveData === true;
}

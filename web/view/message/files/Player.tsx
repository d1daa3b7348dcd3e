import { useSignal } from "@preact/signals";
import type { FileInfo } from "../../../../app/protocol/file.ts";
import { Drawing } from "../../controls/Icon.tsx";
import { FileAbout } from "./FileAbout.tsx";
import { urlOf } from "./file-url.ts";
import { PLAY } from "./icons.ts";

type Props = { file: FileInfo; kind: "video" | "audio" };

/** A video or a sound of a message. It is loaded when the user plays it. */
export function Player({ file, kind }: Props) {
	const isPlaying = useSignal(false);
	if (!isPlaying.value)
		return (
			<button
				class={`file__play file__play--${kind}`}
				type="button"
				onClick={() => {
					isPlaying.value = true;
				}}
			>
				<span class="file__icon">
					<Drawing path={PLAY} size={24} />
				</span>
				<FileAbout file={file} act={`Play ${kind}`} />
			</button>
		);
	const Media = kind;
	return (
		<Media
			ref={(element: HTMLMediaElement | null) => element?.focus({ preventScroll: true })}
			class="file__media"
			src={urlOf(file)}
			aria-label={file.name}
			controls
			autoPlay
		/>
	);
}

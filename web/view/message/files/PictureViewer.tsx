import { useSignal } from "@preact/signals";
import { render } from "preact";
import { useRef } from "preact/hooks";
import type { FileInfo } from "../../../../app/protocol/file.ts";
import { CloseButton } from "../../controls/CloseButton.tsx";
import { Drawer } from "../../controls/Drawer.tsx";
import { Drawing } from "../../controls/Icon.tsx";
import { fileSize } from "./file-size.ts";
import { urlOf } from "./file-url.ts";
import { DOWNLOAD, NEXT, PREVIOUS, ZOOM } from "./icons.ts";
import { swipeStep } from "./swipe-step.ts";

/** Shows a picture over the page, and the others of its message beside it. */
export function openPictures(pictures: readonly FileInfo[], first: FileInfo): void {
	// Outside of the messages, whose keys and gestures are not meant here.
	const container = document.body.appendChild(document.createElement("div"));
	const close = () => {
		render(null, container);
		container.remove();
	};
	render(<PictureViewer pictures={pictures} first={pictures.indexOf(first)} onClose={close} />, container);
}

type Props = { pictures: readonly FileInfo[]; first: number; onClose: () => void };

function PictureViewer({ pictures, first, onClose }: Props) {
	const at = useSignal(first);
	const isZoomed = useSignal(false);
	const touched = useRef<Touch>(undefined);
	const file = pictures[at.value]!;
	const { name, alt, bytes } = file;
	const label = alt ?? name;

	function step(by: number): void {
		const next = at.peek() + by;
		if (pictures[next] === undefined) return;
		at.value = next;
		isZoomed.value = false;
	}
	function handleKey(event: KeyboardEvent): void {
		if (event.key === "ArrowLeft") step(-1);
		else if (event.key === "ArrowRight") step(1);
		else return;
		event.preventDefault();
	}

	return (
		<Drawer from="all" label="Picture" onClose={onClose}>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the dialog */}
			<div class="viewer" onKeyDown={handleKey}>
				<div class="viewer__head">
					<p class="viewer__about" role="status">
						<bdi class="viewer__name">{name}</bdi>
						<span class="viewer__detail">
							{pictures.length > 1 && `${at.value + 1} of ${pictures.length}, `}
							{fileSize(bytes)}
						</span>
					</p>
					<button
						class="icon-button"
						type="button"
						aria-label="Full size"
						aria-pressed={isZoomed.value}
						title="Full size"
						data-first-focus
						onClick={() => {
							isZoomed.value = !isZoomed.peek();
						}}
					>
						<Drawing path={ZOOM} />
					</button>
					<a class="icon-button" href={urlOf(file)} download={name} aria-label="Download" title="Download">
						<Drawing path={DOWNLOAD} />
					</a>
					<CloseButton onClick={onClose} />
				</div>
				<div
					class={isZoomed.value ? "viewer__stage viewer__stage--full" : "viewer__stage"}
					onTouchStart={({ touches }) => {
						touched.current = touches.length === 1 ? touches[0] : undefined;
					}}
					onTouchEnd={({ changedTouches }) => {
						// Two fingers zoom, and in full size one finger scrolls.
						if (!isZoomed.peek()) step(swipeStep(touched.current, changedTouches[0]));
					}}
				>
					<img
						key={file.id}
						class="viewer__picture"
						src={urlOf(file)}
						alt={label}
						width={file.width}
						height={file.height}
					/>
				</div>
				{alt !== undefined && <p class="viewer__alt">{alt}</p>}
				{pictures.length > 1 && (
					<>
						<StepButton label="Previous picture" path={PREVIOUS} disabled={at.value === 0} onClick={() => step(-1)} />
						<StepButton
							label="Next picture"
							path={NEXT}
							disabled={at.value === pictures.length - 1}
							onClick={() => step(1)}
						/>
					</>
				)}
			</div>
		</Drawer>
	);
}

type StepProps = { label: string; path: string; disabled: boolean; onClick: () => void };

/** A button that keeps the focus when there is nothing further. */
function StepButton({ label, path, disabled, onClick }: StepProps) {
	return (
		<button
			class="icon-button viewer__step"
			type="button"
			aria-label={label}
			title={label}
			aria-disabled={disabled}
			onClick={onClick}
		>
			<Drawing path={path} size={28} />
		</button>
	);
}

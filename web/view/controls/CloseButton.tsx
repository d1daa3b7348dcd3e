import { Icon } from "./Icon.tsx";

type Props = { onClick: () => void; label?: string; size?: number; class?: string };

export function CloseButton({ onClick, label = "Close", size = 20, class: className = "" }: Props) {
	return (
		<button class={`icon-button ${className}`} type="button" onClick={onClick} aria-label={label} title={label}>
			<Icon name="close" size={size} />
		</button>
	);
}

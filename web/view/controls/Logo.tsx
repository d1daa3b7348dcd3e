export function Logo({ class: className }: { class: string }) {
	return (
		<svg class={className} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
			<path
				fill="currentColor"
				d="M12 4h24a9 9 0 0 1 9 9v15a9 9 0 0 1-9 9H23.5l-9.2 7.1a1.5 1.5 0 0 1-2.4-1.2V37A9 9 0 0 1 3 28V13a9 9 0 0 1 9-9z"
			/>
			<path
				stroke="var(--sheet)"
				stroke-width="3.6"
				stroke-linecap="round"
				d="M13.5 18.5v4M20.5 13v15M27.5 16.5v8M34.5 11v19"
			/>
		</svg>
	);
}

/** Paths on a 24 × 24 grid: of the first load, and those that several parts draw. A part has its own beside it. */
const PATHS = {
	alert: "M12 7.5v5.5M12 16.4v.1M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
	check: "M5 12.5l4.5 4.5L19 7.5",
	clock: "M12 7v5l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
	close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
	/** Of a room: a face. */
	direct: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 10v.1M15 10v.1M8.5 14.5a4.5 4.5 0 0 0 7 0",
	down: "M12 5v14M6 13l6 6 6-6",
	hash: "M9.5 4L7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16",
	link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
	menu: "M4.5 7h15M4.5 12h15M4.5 17h9",
	more: "M5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0zM11.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0zM18 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0z",
	people:
		"M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.4-3.3 3-5 6.5-5s6.1 1.7 6.5 5M16 4.9a3.5 3.5 0 0 1 0 6.3M17.5 14.9c2.3.6 3.7 2.2 4 4.6",
	pin: "M12 21c4.3-4.4 6.5-7.9 6.5-10.8a6.5 6.5 0 0 0-13 0C5.5 13.1 7.7 16.6 12 21zM12 12.5a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8z",
	plus: "M12 5v14M5 12h14",
	/** Of a room: a lock. */
	private: "M6.5 10.5h11v9h-11zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5",
	reply: "M9.5 7L4.5 12l5 5M4.5 12H14a5.5 5.5 0 0 1 5.5 5.5V18",
	retry: "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 4v4h-4",
	search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.2 15.2L20 20",
	send: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
	settings:
		"M4 7.5h9.5M18 7.5h2M4 16.5h2M10.5 16.5H20M15.75 5.25a2.25 2.25 0 1 0 0 4.5 2.25 2.25 0 0 0 0-4.5zM8.25 14.25a2.25 2.25 0 1 0 0 4.5 2.25 2.25 0 0 0 0-4.5z",
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon, hidden from screen readers. */
export function Icon({ name, size }: { name: IconName; size?: number }) {
	return <Drawing path={PATHS[name]} size={size} />;
}

/** An icon of a part that is not in the first load. */
export function Drawing({ path, size = 20 }: { path: string; size?: number | undefined }) {
	return (
		<svg
			viewBox="0 0 24 24"
			width={size}
			height={size}
			fill="none"
			stroke="currentColor"
			stroke-width="1.75"
			stroke-linecap="round"
			stroke-linejoin="round"
			aria-hidden="true"
			focusable="false"
		>
			<path d={path} />
		</svg>
	);
}

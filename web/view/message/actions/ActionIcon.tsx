import { Drawing } from "../../controls/Icon.tsx";

/** Paths on a 24 × 24 grid. They are loaded with the actions. */
const PATHS = {
	copy: "M9 8.5h9.5V20H9zM15 8.5V4.5H5.5V16H9",
	delete: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5",
	edit: "M4.5 19.5l.9-4L15.8 5.1a1.8 1.8 0 0 1 2.6 0l.5.5a1.8 1.8 0 0 1 0 2.6L8.5 18.6zM14 7l3 3",
	link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
	moderate: "M12 3.5l7 2.5v5.5c0 4-3 7-7 9-4-2-7-5-7-9V6z",
	react: "M19.9 10.5a8.5 8.5 0 1 1-6.4-6.4M8.5 14c.8 1.3 2 2 3.5 2s2.7-.7 3.5-2M9 9.7v.3M15 9.7v.3M19 2.5v5M16.5 5h5",
	reply: "M9.5 5.5L4.5 10.5l5 5M4.5 10.5H13a6.5 6.5 0 0 1 6.5 6.5v2",
	unread: "M4.5 6.5h8M4.5 6.5v11h15v-6M4.5 7l7.5 6 3-2.4M16.5 6.5a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0",
	report: "M6 20.5V4.5h11l-2 4 2 4H6",
	thread: "M4.5 5.5h15v10.5H12l-4.5 4v-4h-3zM8.5 9.5h7M8.5 12.5h4.5",
} as const;

export type ActionIconName = keyof typeof PATHS;

export function ActionIcon({ name, size }: { name: ActionIconName; size?: number }) {
	return <Drawing path={PATHS[name]} size={size} />;
}

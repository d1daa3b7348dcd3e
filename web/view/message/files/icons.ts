/** Paths on a 24 × 24 grid. */
export const DOCUMENT =
	"M14 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8zM14 3.5V8h4.5";
export const DOWNLOAD = "M12 4v11M6.5 10l5.5 5.5 5.5-5.5M5 19.5h14";
export const ZOOM = "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5M10.5 8v5M8 10.5h5";
export const PREVIOUS = "M14.5 5.5L8 12l6.5 6.5";
export const NEXT = "M9.5 5.5L16 12l-6.5 6.5";
export const PLAY = "M8 5.5v13l10.5-6.5z";

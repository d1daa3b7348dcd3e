import type { Message } from "../../app/protocol/message.ts";

/** No scripts and no requests: a message is shown as text, whatever it contains. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const STYLE = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
h2 { font-size: 1rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid; }
p { margin: 0.25rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
small { opacity: 0.7; margin-inline-start: 0.5em; }
time { opacity: 0.7; font-size: 0.85em; margin-inline-end: 0.5em; }
b { margin-inline-end: 0.5em; }
`;

/** `fileName` is that of the page. Yields a page with a heading per day, times in UTC, and names and messages as text. */
export function* asHtml(room: string, messages: Iterable<Message>, fileName: string): Generator<string> {
	const title = escapeHtml(room);
	yield `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title}</title>
<style>${STYLE}</style>
<h1><bdi>${title}</bdi></h1>
<p>Times are UTC.</p>
`;
	let day = "";
	for (const message of messages) {
		const [date, time] = new Date(message.createdAt).toISOString().split("T") as [string, string];
		if (date !== day) yield `<h2>${date}</h2>\n`;
		day = date;
		const stamp = `<time datetime="${date}T${time}">${time.slice(0, 5)}</time>`;
		yield `<p id="${message.seq}">${stamp}<b><bdi>${escapeHtml(message.author.name)}</bdi></b><bdi>${contentOf(message)}</bdi>${filesOf(message, fileName)}${notesOf(message)}</p>\n`;
	}
	yield "</html>\n";
}

/** Returns that a message was edited, what it replies to, and its reactions. */
function notesOf({ editedAt, reply, reactions = [] }: Message): string {
	const notes = [
		...(editedAt === undefined ? [] : ["(edited)"]),
		...(reply === undefined ? [] : [`<a href="#${reply}">(reply)</a>`]),
		...reactions.map(({ emoji, count }) => `${escapeHtml(emoji)}&nbsp;${count}`),
	];
	return notes.map((note) => `<small>${note}</small>`).join("");
}

/** Returns links to the contents, which are in a folder beside the page. */
function filesOf({ files = [] }: Message, fileName: string): string {
	const folder = encodeURIComponent(`${fileName}.files`);
	return files
		.map(({ id, name, alt }) => {
			const href = `${folder}/${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`;
			const title = alt === undefined ? "" : ` title="${escapeHtml(alt)}"`;
			return ` <a href="${href}" download="${escapeHtml(name)}"${title}><bdi>${escapeHtml(name)}</bdi></a>`;
		})
		.join("");
}

function contentOf({ body, location }: Message): string {
	if (location === undefined) return escapeHtml(body);
	const { latitude, longitude } = location;
	return `<a rel="noreferrer" href="geo:${latitude},${longitude}">${latitude}, ${longitude}</a>`;
}

function escapeHtml(text: string): string {
	const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
	return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

import { until } from "../../../connection/testing/until.ts";
import type { Room } from "../../room.ts";
import { ROOMS } from "./acts.ts";
import type { World } from "./world.ts";

/** The line is good again, and everything comes to rest; each room's log has then been seen to its end. */
export async function settle(world: World): Promise<void> {
	const { line, page, others, reference } = world;
	line.isOpen = true;
	world.isHasty = false;
	line.releaseRequests();
	line.releaseAnswers();
	await until(() => page.chat.session.state.value === "signedIn", "signed in");
	page.chat.line.retry();
	await until(() => page.chat.line.status.value === "online", "a line");
	await Promise.all(world.joins);
	const rooms = ROOMS.flatMap((name) => world.room(name) ?? []);
	for (const room of rooms) {
		await until(() => room.state.value.phase === "live", `${room.name} is live`);
		// A lost entry is noticed by the next one.
		await others.say(room.name, "grace");
	}
	await until(() => waiting(world).length === 0, "nothing waits to be sent");
	for (const room of rooms) {
		room.setFollowing(true);
		await until(() => room.loading.value === undefined, "the page that was asked for");
		await room.jumpToNewest();
		const last = reference.lastOf(room.name);
		await until(() => shows(room, last), `"${last}" in ${room.name}`);
	}
}

/** What the browser keeps to be sent, whether it is on screen or not. */
function waiting({ browser, page }: World): string[] {
	const texts: string[] = [];
	browser.pendingStore.adopt(page.chat.session.user.peek()!, (records) => {
		for (const { refusal, content } of records) if (!refusal) texts.push(content.body!);
	});
	return texts;
}

function shows(room: Room, text: string | undefined): boolean {
	return room.items.peek().some((item) => item.kind === "message" && item.content.body === text);
}

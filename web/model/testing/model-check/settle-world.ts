import { until } from "../../../connection/testing/until.ts";
import type { Room } from "../../room.ts";
import { ROOMS } from "./actions.ts";
import type { World } from "./world.ts";

/** Repairs the network and waits until every message is sent and each room shows the end of its log. */
export async function settleWorld(world: World): Promise<void> {
	const { proxy, page, others, reference } = world;
	proxy.isOpen = true;
	world.hasShortTimeouts = false;
	proxy.releaseRequests();
	proxy.releaseAnswers();
	await until(() => page.chat.session.state.value === "signedIn", "signed in");
	page.chat.connection.retry();
	await until(() => page.chat.connection.status.value === "online", "online");
	await Promise.all(world.joins);
	const rooms = ROOMS.flatMap((name) => world.room(name) ?? []);
	for (const room of rooms) {
		await until(() => room.state.value.phase === "live", `${room.name} is live`);
		// A lost entry is detected when the next one arrives.
		await others.say(room.name, "grace");
	}
	await until(() => pendingTexts(world).length === 0, "no pending message");
	for (const room of rooms) {
		room.setFollowing(true);
		await until(() => room.loading.value === undefined, "the requested page");
		await room.jumpToNewest();
		const last = reference.lastOf(room.name);
		await until(() => shows(room, last), `"${last}" in ${room.name}`);
	}
}

/** Returns the pending messages of the browser, including hidden ones. */
function pendingTexts({ browser, page }: World): string[] {
	const texts: string[] = [];
	browser.pendingStore.adopt(page.chat.session.user.peek()!, (records) => {
		for (const { refusal, content } of records) if (!refusal) texts.push(content.body!);
	});
	return texts;
}

function shows(room: Room, text: string | undefined): boolean {
	return room.items.peek().some((item) => item.kind === "message" && item.content.body === text);
}

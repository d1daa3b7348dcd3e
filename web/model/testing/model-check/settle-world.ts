import { waitFor } from "../../../../load/kit/wait-for.ts";
import type { Room } from "../../room.ts";
import { ROOMS } from "./actions.ts";
import type { World } from "./world.ts";

/** Repairs the network and waits until every message is sent and each room shows the end of its log. */
export async function settleWorld(world: World): Promise<void> {
	const { proxy, page, others, reference } = world;
	proxy.isOpen = true;
	world.hasShortTimeouts = false;
	proxy.releaseRequests();
	proxy.releasePackets();
	await waitFor("signed in", () => page.chat.session.state.value === "signedIn");
	page.chat.connection.retry();
	await waitFor("online", () => page.chat.connection.status.value === "online");
	await Promise.all(world.joins);
	const rooms = ROOMS.flatMap((name) => world.room(name) ?? []);
	for (const room of rooms) {
		await waitFor(`${room.name} is live`, () => room.state.value.phase === "live");
		// A lost entry is detected when the next one arrives.
		await others.say(room.name, "grace");
	}
	await waitFor("no pending message", () => pendingTexts(world).length === 0);
	for (const room of rooms) {
		room.setFollowing(true);
		await waitFor("the requested page", () => room.loading.value === undefined);
		await room.jumpToNewest();
		const last = reference.lastOf(room.name);
		await waitFor(`"${last}" in ${room.name}`, () => shows(room, last));
	}
}

/** Returns the pending messages of the browser, including hidden ones. */
function pendingTexts({ browser, page }: World): string[] {
	const texts: string[] = [];
	browser.pendingStore.adopt(page.chat.session.user.peek()!, (records) => {
		for (const record of records)
			if (!record.refusal) texts.push("content" in record ? record.content.body! : record.kind);
	});
	return texts;
}

function shows(room: Room, text: string | undefined): boolean {
	return room.items.peek().some((item) => item.kind === "message" && item.content.body === text);
}

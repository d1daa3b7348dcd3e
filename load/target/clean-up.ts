import { deleteRoom, type Target } from "./preflight.ts";

const AT_ONCE = 8;

type Where = Pick<Target, "url" | "loadToken">;

/** Removes the rooms of a run. Gives those that could not be removed; what one target won't do, the next is asked for. */
export async function removeRooms(targets: Where[], rooms: string[]): Promise<string[]> {
	let left = rooms;
	for (const target of targets) if (left.length > 0) left = await removeAt(target, left);
	return left;
}

/** A server that does not answer is asked once. */
async function removeAt({ url, loadToken }: Where, rooms: string[]): Promise<string[]> {
	const left = [...rooms];
	const failed: string[] = [];
	const worker = async () => {
		for (let room = left.pop(); room !== undefined; room = left.pop()) {
			try {
				const response = await deleteRoom(url, loadToken, room);
				await response.body?.cancel();
				if (!response.ok && response.status !== 404) failed.push(room);
			} catch {
				failed.push(room, ...left.splice(0));
			}
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	return failed;
}

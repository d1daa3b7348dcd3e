import { deleteRoom, type Target } from "./preflight.ts";

const CONCURRENCY = 8;

type Server = Pick<Target, "url" | "loadToken">;

/** Removes the rooms of a run; each server is asked for the rooms that those before it did not remove. Returns the rest. */
export async function removeRooms(targets: Server[], rooms: string[]): Promise<string[]> {
	let left = rooms;
	for (const target of targets) if (left.length > 0) left = await removeAt(target, left);
	return left;
}

/** Stops at the first request without a response. */
async function removeAt({ url, loadToken }: Server, rooms: string[]): Promise<string[]> {
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
	await Promise.all(Array.from({ length: CONCURRENCY }, worker));
	return failed;
}

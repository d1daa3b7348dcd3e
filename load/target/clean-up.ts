import { deleteRoom, type Target } from "./preflight.ts";

const AT_ONCE = 8;

/** Removes the rooms of a run. Gives those that could not be removed. */
export async function removeRooms(target: Pick<Target, "url" | "loadToken">, rooms: string[]): Promise<string[]> {
	const left = [...rooms];
	const failed: string[] = [];
	const worker = async () => {
		for (let room = left.pop(); room !== undefined; room = left.pop()) {
			const isGone = await deleteRoom(target.url, target.loadToken, room).then(
				async (response) => {
					await response.body?.cancel();
					return response.ok || response.status === 404;
				},
				() => false,
			);
			if (!isGone) failed.push(room);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	return failed;
}

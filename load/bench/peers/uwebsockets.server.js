// @ts-nocheck: the types of Bun are not installed.
// uWebSockets' publish and subscribe, through Bun, written like the chat in Bun's documentation.
const server = Bun.serve({
	port: Number(process.env.PORT),
	hostname: "127.0.0.1",
	fetch(request, server) {
		const room = new URL(request.url).pathname;
		if (server.upgrade(request, { data: { room } })) return;
		return new Response("This address accepts WebSocket connections only.", { status: 426 });
	},
	websocket: {
		open(member) {
			member.subscribe(member.data.room);
		},
		message(member, message) {
			server.publish(member.data.room, message);
		},
	},
});

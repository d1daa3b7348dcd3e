// The chat of Socket.IO's tutorial, with rooms: join a room, emit to it.
import { createServer } from "node:http";
import { Server } from "socket.io";

const server = createServer();
const io = new Server(server);

io.on("connection", (socket) => {
	socket.on("join", (room, joined) => {
		socket.join(room);
		joined();
	});
	socket.on("chat message", (room, message) => {
		io.to(room).emit("chat message", message);
	});
});

server.listen(Number(process.env.PORT), "127.0.0.1");

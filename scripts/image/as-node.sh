#!/bin/sh
# Starts as root, because a volume is root's when it is new; hands it to the user node and goes on as that user.
# exec: what is started gets the signals itself, and no second process stays.
set -eu
database=${DATABASE_PATH:-/data/hubbub.db}
if [ "$(id -u)" = 0 ]; then
	mkdir -p "$(dirname "$database")"
	chown -R 1000:1000 "$(dirname "$database")"
	exec setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs --inh-caps=-all -- "$0" "$@"
fi
# `npm run restore -- --app NAME FILE` leaves its file here and restarts the machine. One that can't be used stays, and
# the server starts with what it has.
if [ "${2:-}" = /app/main.mjs ] && [ -f "$database.restore" ]; then
	if node /app/restore.mjs "$database.restore" --force; then
		rm -f "$database.restore"
	else
		mv "$database.restore" "$database.restore.refused"
	fi
fi
exec "$@"

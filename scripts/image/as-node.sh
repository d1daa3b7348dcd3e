#!/bin/sh
# Starts as root, because a volume is root's when it is new; hands it to the user node and goes on as that user.
# exec: the server itself gets the signals, and there is no second process.
set -eu
data=$(dirname "${DATABASE_PATH:-/data/hubbub.db}")
if [ "$(id -u)" = 0 ]; then
	mkdir -p "$data"
	chown -R 1000:1000 "$data"
	exec setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs --inh-caps=-all -- "$@"
fi
exec "$@"

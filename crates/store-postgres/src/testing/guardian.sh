# Keeps one PostgreSQL for the tests, in this folder: guardian PROGRAMS FSYNC
# Reads orders (start, kill) line by line and answers each with a line (ready, killed, failed).
# Text compares by an English dictionary here, so that a query that forgets to say otherwise is found.
programs=$1
fsync=$2
folder=$(pwd)
# Ctrl-C reaches everybody; the end of the input is the sign to stop.
trap '' INT TERM HUP
umask 077

start() {
    "$programs/postgres" -D data -k "$folder" -c listen_addresses= -c fsync="$fsync" \
        -c shared_buffers=16MB -c max_connections=100 </dev/null >>log 2>&1 &
    postgres=$!
    tries=0
    until "$programs/pg_isready" -q -h "$folder"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 600 ] || ! kill -0 "$postgres" 2>/dev/null; then
            echo failed
            return
        fi
        sleep 0.1
    done
    echo ready
}

# Whether a process is there in one of these states.
state() {
    grep -qs "^State:[[:space:]]*[$2]" "/proc/$1/status"
}

"$programs/initdb" -D data -U postgres -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu \
    --icu-locale=en-GB --no-sync >log 2>&1
# As whoever erases must set it; in the file, so that a test can set it otherwise.
echo "wal_recycle = off" >>data/postgresql.conf
start
while read -r order; do
    case $order in
    start) start ;;
    kill)
        # With its children: one that lived on would keep the next one from starting. It is stopped
        # first, so that it has no more of them; and they are waited for, since a killed process lets
        # go of the shared memory a moment later. One that nobody reaps (Z) has let go.
        kill -STOP "$postgres"
        while state "$postgres" 'RSD'; do sleep 0.01; done
        children=$(cat "/proc/$postgres/task/$postgres/children" 2>/dev/null)
        kill -9 "$postgres" $children
        wait "$postgres" 2>/dev/null
        for child in $children; do
            while state "$child" 'RSDTt'; do sleep 0.01; done
        done
        echo killed
        ;;
    esac
done
kill -QUIT "$postgres" 2>/dev/null
wait "$postgres" 2>/dev/null
cd / && rm -rf "$folder"

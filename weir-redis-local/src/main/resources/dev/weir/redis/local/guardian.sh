# Runs a Redis server for as long as standard input stays open: guardian.sh HOME PROGRAMS COMMAND...
# The JVM holds the other end. A line "keep" asks to stop the server and leave its files; the end of input without
# one means that the JVM is gone, however it went, and then nothing is to be left behind.
# PROGRAMS is where the JVM unpacked the server; every server of that JVM goes when it does.
# HOME holds the server's files, log, pid and, once the server has ended, exit with its exit code.
home=$1
programs=$2
shift 2

{
    "$@" </dev/null >>"$home/log" 2>&1 &
    echo $! >"$home/pid"
    wait $!
    echo $? >"$home/exit"
} &

read -r word

# The JVM may be gone before the server has a number.
until [ -s "$home/pid" ]; do
    sleep 0.05
done
if [ ! -e "$home/exit" ] && read -r pid <"$home/pid"; then
    if [ "$word" = keep ]; then
        kill -TERM "$pid"
        # A frozen server hears the signal only once it runs again.
        kill -CONT "$pid"
    else
        kill -KILL "$pid"
    fi
fi
wait
[ "$word" = keep ] || rm -rf -- "$home" "$programs"

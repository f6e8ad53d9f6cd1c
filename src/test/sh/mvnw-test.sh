#!/bin/sh
# Tests the mvnw beside this file, or the one named as the argument, without network: fake JDKs, fake
# Mavens and fake downloads in a temporary folder. Runs all of it once per shell found (or $SHELLS).
# shellcheck disable=SC2012,SC2016,SC2030,SC2031
set -u

script=${1:-$(cd "$(dirname "$0")" && pwd)/mvnw}
T=$(mktemp -d) || exit 1
T=$(cd "$T" && pwd -P)
trap 'cd /; rm -rf "$T"' EXIT
trap 'exit 1' HUP INT TERM
passed=0 failed=0
shell=''

ok() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    printf 'FAILED (%s): %s\n' "$shell" "$1" >&2
    if [ -f "$T/out" ]; then sed 's/^/    out: /' "$T/out" >&2; sed 's/^/    err: /' "$T/err" >&2; fi
}
check() { # check <what> <command...>: the command succeeds
    what=$1; shift
    if "$@"; then ok; else bad "$what"; fi
}
not() { ! "$@"; }
out_has() { grep -qxF -- "$1" "$T/out"; }
err_has() { grep -qF -- "$1" "$T/err"; }
log_has() { grep -qF -- "$1" "$T/log"; }
silent() { [ ! -s "$T/out" ]; }
exits() { [ "$rc" -eq "$1" ]; }
args_are() { # the arguments Maven got, each as printed by the fake
    printf 'arg<%s>\n' "$@" >"$T/want"
    sed -n '/^arg</,/^end$/p' "$T/out" | sed '$d' | cmp -s - "$T/want"
}
uses_jdk() { out_has "JAVA_HOME=$1"; }
uses_maven() { out_has "maven=$1"; }

jdk() { # jdk <folder> <version>: a fake JDK, with a release file
    mkdir -p "$1/bin"
    echo "$2" >"$1/version"
    printf 'IMPLEMENTOR="Some"\nJAVA_VERSION="%s"\nJAVA_VERSION_DATE="2025-09-16"\n' "$2" >"$1/release"
    printf '#!/bin/sh\nhere=$(dirname "$0")/..\necho "java ran" >>"$LOG"\n%s\n' \
        'echo "Picked up JAVA_TOOL_OPTIONS: -Dx" >&2; echo "openjdk version \"$(cat "$here/version")\" 2025-09-16" >&2' >"$1/bin/java"
    printf '#!/bin/sh\n' >"$1/bin/javac"
    chmod +x "$1/bin/java" "$1/bin/javac"
}

maven() { # maven <folder> <version>: a fake Maven
    mkdir -p "$1/bin"
    echo "$2" >"$1/version"
    cat >"$1/bin/mvn" <<'MVN'
#!/bin/sh
file=$0
while [ -L "$file" ]; do file=$(readlink "$file"); done
home=$(dirname "$file")/..
[ -z "${MAVEN_SKIP_RC:-}" ] && [ -f "${HOME:-/none}/.mavenrc" ] && . "$HOME/.mavenrc"
[ -f "$home/own-java" ] && JAVA_HOME=$(cat "$home/own-java")
case " $* " in
    " -v ")
        echo "mvn -v" >>"$LOG"
        case "${MAVEN_ARGS:-}${MAVEN_OPTS:-}${MAVEN_DEBUG_OPTS:-}" in ?*) echo "3.3.3"; exit 1 ;; esac
        [ "${MAVEN_BASEDIR:-}" = / ] || exit 1
        cat >/dev/null
        printf '\033[1mApache Maven %s\033[m\n' "$(cat "$home/version")"
        echo "Maven home: /opt/Apache Maven 3.9.9/Java version: 8"
        echo "Java version: $(cat "$JAVA_HOME/version"), vendor: Some, runtime: $JAVA_HOME"
        exit 0 ;;
    *:copy" "*)
        echo "mvn copy in $PWD: $*" >>"$LOG"
        echo "noise of the older Maven"
        cat >/dev/null
        [ -z "${MAVEN_ARGS:-}" ] || exit 1
        [ -f "${COPY:-}" ] || exit 1
        for arg; do case $arg in -DoutputDirectory=*) cp "$COPY" "${arg#*=}/apache-maven-$PINNED-bin.tar.gz" ;; esac; done
        exit ;;
esac
echo "maven=$(cat "$home/version")"
echo "JAVA_HOME=$JAVA_HOME"
echo "skip=${MAVEN_SKIP_RC:-}"
echo "MAVEN_ARGS=${MAVEN_ARGS:-} MAVEN_OPTS=${MAVEN_OPTS:-}"
echo "lc=${LC_ALL:-}"
echo "pid=$$ asks=${MVNW_ASKS:-}"
[ -z "${READ:-}" ] || echo "stdin=$(cat)"
for arg; do printf 'arg<%s>\n' "$arg"; done
echo end
exit "${EXIT:-0}"
MVN
    chmod +x "$1/bin/mvn"
}

tool() { # tool <name...>: lets the script see these programs of the real system
    for name; do ln -sf "$(command -v "$name")" "$T/bin/$name"; done
}

downloader() { # downloader <curl|wget>: a fake one, which serves $SERVE at Apache's address only
    cat >"$T/bin/$1" <<'GET'
#!/bin/sh
echo "$(basename "$0") $*" >>"$LOG"
[ -z "${BEFORE:-}" ] || eval "$BEFORE"
while [ $# -gt 0 ]; do
    case $1 in -o|-O) shift; to=$1 ;; -*) ;; *) from=$1 ;; esac
    shift
done
[ "$from" = "https://archive.apache.org/dist/maven/maven-3/$PINNED/binaries/apache-maven-$PINNED-bin.tar.gz" ] || exit 22
echo "noise of the download"
cp "$SERVE" "$to"
GET
    chmod +x "$T/bin/$1"
}

fresh() { # an empty world: a project, a JDK in JAVA_HOME's place, no Maven, no downloads
    chmod -R u+w "$T/w" 2>/dev/null
    rm -rf "${T:?}/w" "${T:?}/bin" "$T/log" "$T/out" "$T/err"
    R=$T/w/root P="$T/w/my project" H="$T/w/my home" E="$T/w/else where" J="$T/w/jdk 25"
    mkdir -p "$R" "$P" "$H" "$E" "$T/bin"
    : >"$T/log"
    cp "$T/mvnw" "$P/mvnw"
    echo '<project/>' >"$P/pom.xml"
    jdk "$J" 25.0.1
    tool sh sed dirname basename readlink mktemp mkdir rm mv cp cat tar gzip sha512sum sleep
    C="$H/.cache/kriya/apache-maven-$PINNED"
    where=$P
}

# run [VAR=value...] -- [argument...]: runs the script in folder $where, with only these in its environment
run() {
    seen=''
    for word; do
        shift
        if [ -z "$seen" ] && [ "$word" = -- ]; then seen=yes word=${command:-$P/mvnw}; fi
        set -- "$@" "$word"
    done
    rc=0
    (cd "$where" && exec env -i PATH="${path:-$T/bin}" HOME="$H" LOG="$T/log" PINNED="$PINNED" FAKE_ROOT="$R" \
        SERVE="$T/good.tgz" JAVA_HOME="$J" "$@") >"$T/out" 2>"$T/err" </dev/null || rc=$?
}
on_path() { ln -sf "$1" "$T/bin/"; }
env=$(command -v env)

java_tests() {
    fresh; maven "$T/w/m 3" 3.9.0; on_path "$T/w/m 3/bin/mvn"
    run -- x
    check 'JAVA_HOME with a space is used' uses_jdk "$J"
    check 'nothing is said when all is there' not test -s "$T/err"
    check 'the release file spares running java' not log_has 'java ran'
    echo 17 >"$J/version.unused"; jdk "$R/usr/lib/jvm/spare 26" 26
    for old in 21.0.2 1.8.0_402 24 9; do
        jdk "$J" "$old"; run -- x; check "JAVA_HOME of Java $old is passed over" uses_jdk "$R/usr/lib/jvm/spare 26"
    done
    for new in 25 26-ea 25.0.1+8 100; do jdk "$J" "$new"; run -- x; check "Java $new is taken" uses_jdk "$J"; done
    jdk "$J" 25; rm "$J/bin/javac"; run -- x
    check 'JAVA_HOME of a JRE is passed over' uses_jdk "$R/usr/lib/jvm/spare 26"
    jdk "$J" 25; rm "$J/bin/java"; run -- x
    check 'JAVA_HOME without java is passed over' uses_jdk "$R/usr/lib/jvm/spare 26"
    jdk "$J" 25.0.1; rm "$J/release"; run -- x
    check 'without a release file java is asked' uses_jdk "$J"
    jdk "$J" 25.0.1; echo 'IMPLEMENTOR="Some"' >"$J/release"; run -- x
    check 'with a release file without version java is asked' uses_jdk "$J"
    jdk "$J" 21.0.1; rm "$J/release"; run -- x
    check 'an older java is passed over when asked' uses_jdk "$R/usr/lib/jvm/spare 26"
    jdk "$J" 25; where=$T/w; run JAVA_HOME='jdk 25' -- x; where=$P
    check 'a relative JAVA_HOME is made absolute' uses_jdk "$J"
    run "$env" -u JAVA_HOME -- x
    check 'no JAVA_HOME at all' uses_jdk "$R/usr/lib/jvm/spare 26"

    path_jdk="$T/w/path jdk"; jdk "$path_jdk" 25.0.2
    ln -s "../w/path jdk/bin/java" "$T/bin/java.1"; ln -s "$T/bin/java.1" "$T/bin/java"
    run -- x; check 'JAVA_HOME goes before the PATH' uses_jdk "$J"
    run JAVA_HOME= -- x; check 'java on the PATH, through links' uses_jdk "$path_jdk"
    run JAVA_HOME="$T/none" -- x; check 'java on the PATH when JAVA_HOME does not exist' uses_jdk "$path_jdk"
    jdk "$path_jdk" 21; run JAVA_HOME= -- x
    check 'an older java on the PATH is passed over' uses_jdk "$R/usr/lib/jvm/spare 26"
    jdk "$R/usr" 25; on_path "$R/usr/bin/java"; run JAVA_HOME= -- x
    check '/usr is not a JDK' uses_jdk "$R/usr/lib/jvm/spare 26"
    mkdir -p "$R/usr/libexec"; jdk "$T/w/mac 25" 27
    printf '#!/bin/sh\n[ "$*" = "-v 25+" ] && echo "%s"\n' "$T/w/mac 25" >"$R/usr/libexec/java_home"
    chmod +x "$R/usr/libexec/java_home"; run JAVA_HOME= -- x
    check 'macOS java_home goes before the usual places' uses_jdk "$T/w/mac 25"
    printf '#!/bin/sh\necho "Unable to find any JVMs" >&2; exit 1\n' >"$R/usr/libexec/java_home"; run JAVA_HOME= -- x
    check 'macOS java_home finding nothing' uses_jdk "$R/usr/lib/jvm/spare 26"
    check 'what java_home says is not shown' not err_has Unable
    jdk "$R/usr/lib/jvm/aaa" 27; jdk "$R/usr/lib/jvm/bbb" 21; jdk "$R/opt/jdk-25 x" 25.0.9
    run JAVA_HOME= -- x; check 'the oldest that will do, of the usual places' uses_jdk "$R/opt/jdk-25 x"

    for place in usr/lib/jvm/x usr/lib64/jvm/x usr/java/x opt/java/x opt/jdk-x opt/openjdk-x usr/local/openjdk-25 \
        Library/Java/JavaVirtualMachines/x.jdk/Contents/Home opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
        usr/local/opt/openjdk/libexec/openjdk.jdk/Contents/Home \
        ~/.sdkman/candidates/java/x ~/.asdf/installs/java/x ~/.jdks/x ~/.local/share/mise/installs/java/x \
        ~/Library/Java/JavaVirtualMachines/x/Contents/Home; do
        fresh; maven "$T/w/m" 3.9.0; on_path "$T/w/m/bin/mvn"
        case $place in "$HOME"/*) place="$H/${place#"$HOME"/} y" ;; *Home|*openjdk-25) place="$R/$place" ;; *) place="$R/$place y" ;; esac
        case $place in *'/Home y') place=${place% y} ;; esac
        jdk "$place" 25; run JAVA_HOME= -- x
        check "found in ${place#"$T/w/"}" uses_jdk "$place"
    done

    fresh; maven "$T/w/m" 3.9.0; on_path "$T/w/m/bin/mvn"; jdk "$J" 21; run -- x
    check 'no JDK: exit code' exits 1
    check 'no JDK: says what to install' err_has 'no JDK 25 or newer'
    check 'no JDK: nothing on standard output' silent
    check 'no JDK: Maven is not run' not log_has mvn
}

maven_tests() {
    for good in 3.9.0 3.9.16 3.10.1 4.0.0-rc-5 10.0.1; do
        fresh; maven "$T/w/m 3" "$good"; on_path "$T/w/m 3/bin/mvn"; run -- x
        check "Maven $good on the PATH is used" uses_maven "$good"
        check "Maven $good: asked once" test "$(grep -c '^mvn -v' "$T/log")" = 1
    done
    for old in 3.8.7 3.6.3 3.0 2.2.1; do
        fresh; maven "$T/w/m" "$old"; on_path "$T/w/m/bin/mvn"; maven "$C" "$PINNED"; run COPY="$T/good.tgz" -- x
        check "the fetched Maven is used rather than $old" uses_maven "$PINNED"
        check "the fetched Maven is not fetched again ($old)" not log_has copy
        check "the older Maven is asked once ($old)" test "$(grep -c '^mvn -v' "$T/log")" = 2
    done

    fresh; maven "$T/w/m" 3.8.7; on_path "$T/w/m/bin/mvn"; downloader curl
    run COPY="$T/good.tgz" MAVEN_ARGS=-X MAVEN_OPTS=-Xmx1g -- x
    check 'fetched through the older Maven' uses_maven "$PINNED"
    check 'as this artifact' log_has "-Dartifact=org.apache.maven:apache-maven:$PINNED:tar.gz:bin"
    check 'by a pinned plugin' log_has 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy'
    check 'away from the project' log_has "mvn copy in $H/.cache/kriya/.new."
    check 'without a download' not log_has curl
    check 'kept with the user' test -x "$C/bin/mvn"
    check 'its noise is not on standard output' not out_has 'noise of the older Maven'
    check 'nothing else is left' test "$(ls -A "$H/.cache/kriya")" = "apache-maven-$PINNED"
    check 'MAVEN_ARGS and MAVEN_OPTS reach the build' out_has 'MAVEN_ARGS=-X MAVEN_OPTS=-Xmx1g'
    : >"$T/log"; run COPY="$T/good.tgz" -- x
    check 'used again' uses_maven "$PINNED"
    check 'not fetched again' not log_has copy
    check 'nothing said the second time' not test -s "$T/err"

    fresh; maven "$T/w/m" 3.8.7; on_path "$T/w/m/bin/mvn"; downloader curl; run -- x
    check 'the older Maven has none: downloaded' uses_maven "$PINNED"
    fresh; maven "$T/w/m" 3.8.7; on_path "$T/w/m/bin/mvn"; downloader curl; run COPY="$T/evil.tgz" -- x
    check 'the older Maven gives another file: downloaded' uses_maven "$PINNED"
    check 'and that is said' err_has 'not taken, as its SHA-512 is'
    fresh; maven "$T/w/m" 3.8.7; on_path "$T/w/m/bin/mvn"; run -- x
    check 'the older Maven has none, no download: exit code' exits 1
    check 'the older Maven has none, no download: says so' err_has 'Install Maven'
    check 'the older Maven has none, no download: not built' silent
    check 'the older Maven has none, no download: nothing left' test -z "$(ls -A "$H/.cache/kriya")"

    fresh; downloader curl; downloader wget; run -- x
    check 'no Maven: by curl' uses_maven "$PINNED"
    check 'no Maven: not by wget as well' not log_has wget
    check 'no Maven: its noise is not on standard output' not out_has 'noise of the download'
    fresh; downloader wget; run -- x; check 'no Maven: by wget' uses_maven "$PINNED"
    fresh; downloader curl; printf '#!/bin/sh\nexit 6\n' >"$T/bin/curl"; downloader wget; run -- x
    check 'curl fails: by wget' uses_maven "$PINNED"
    fresh; downloader curl; downloader wget; run SERVE="$T/evil.tgz" -- x
    check 'another file: exit code' exits 1
    check 'another file: both tried' log_has wget
    check 'another file: never unpacked' test -z "$(ls -A "$H/.cache/kriya")"
    check 'another file: its Maven is not run' silent
    fresh; run -- x
    check 'nothing to fetch with: exit code' exits 1
    check 'nothing to fetch with: says what to install' err_has 'Install Maven'
    check 'nothing to fetch with: nothing on standard output' silent
    fresh; downloader curl; printf '#!/bin/sh\nmkdir -p "apache-maven-$PINNED/bin"; exit 2\n' >"$T/w/tar"; chmod +x "$T/w/tar"
    on_path "$T/w/tar"; run -- x
    check 'unpacking breaks off: exit code' exits 1
    check 'unpacking breaks off: nothing left' test -z "$(ls -A "$H/.cache/kriya")"

    for only in shasum openssl; do
        [ -n "$(command -v "$only")" ] || continue
        fresh; downloader curl; rm "$T/bin/sha512sum"; tool "$only"; tool perl 2>/dev/null; run -- x
        check "checked by $only" uses_maven "$PINNED"
        fresh; downloader curl; rm "$T/bin/sha512sum"; tool "$only"; run SERVE="$T/evil.tgz" -- x
        check "refused by $only" exits 1
    done
    fresh; downloader curl; rm "$T/bin/sha512sum"; run -- x
    case $shell in
        *busybox*) ;; # has its own, whatever the PATH
        *)  check 'nothing to check with: exit code' exits 1
            check 'nothing to check with: says what to install' err_has 'install sha512sum, shasum or openssl' ;;
    esac

    fresh; downloader curl; run XDG_CACHE_HOME="$T/w/x cache" -- x
    check 'kept in XDG_CACHE_HOME' test -x "$T/w/x cache/kriya/apache-maven-$PINNED/bin/mvn"
    check 'and not in HOME' not test -e "$H/.cache"
    fresh; downloader curl; run XDG_CACHE_HOME=rel -- x; check 'a relative XDG_CACHE_HOME does not count' test -x "$C/bin/mvn"
    fresh; downloader curl; run "$env" -u HOME -- x
    check 'no HOME: builds' uses_maven "$PINNED"
    check 'no HOME: kept in the project' test -x "$P/.cache/kriya/apache-maven-$PINNED/bin/mvn"
    : >"$T/log"; run "$env" -u HOME -- x; check 'no HOME: used again' not log_has curl
    fresh; downloader curl; run HOME=/dev/null -- x
    check 'HOME cannot be written: kept in the project' test -x "$P/.cache/kriya/apache-maven-$PINNED/bin/mvn"

    fresh; maven "$C" "$PINNED"; rm "$C/bin/mvn"; downloader curl; run -- x
    check 'a damaged Maven is fetched anew' uses_maven "$PINNED"
    fresh; maven "$C" "$PINNED"; echo 'exit 1' >"$C/bin/mvn"; downloader curl; run -- x
    check 'a Maven that does not run is fetched anew' uses_maven "$PINNED"
    check 'the damaged one is gone' test "$(ls -A "$H/.cache/kriya")" = "apache-maven-$PINNED"
    fresh; downloader curl; maven "$T/w/theirs" 3.9.99
    run BEFORE="cp -R '$T/w/theirs' '$C'" -- x
    check 'another run was first: its Maven stays' uses_maven 3.9.99
    check 'another run was first: nothing put inside' test "$(ls -A "$C" | tr '\n' ' ')" = 'bin version '
    check 'another run was first: nothing left' test "$(ls -A "$H/.cache/kriya")" = "apache-maven-$PINNED"
    fresh; downloader curl
    (run BEFORE='sleep 1' -- x; echo "$rc" >"$T/w/rc1") & (sleep 0.2; T2=$T/w/second; mkdir "$T2"; cd "$P" && env -i PATH="$T/bin" \
        HOME="$H" LOG="$T2/log" PINNED="$PINNED" FAKE_ROOT="$R" SERVE="$T/good.tgz" JAVA_HOME="$J" BEFORE='sleep 1' "$P/mvnw" x \
        >"$T2/out" 2>"$T2/err" </dev/null; echo $? >"$T/w/rc2")
    wait
    check 'two at once: both build' test "$(cat "$T/w/rc1" "$T/w/rc2" | tr '\n' ' ')" = '0 0 '
    check 'two at once: both fetched' grep -q curl "$T/w/second/log"
    check 'two at once: nothing left' test "$(ls -A "$H/.cache/kriya")" = "apache-maven-$PINNED"
    for signal in INT TERM HUP; do
        fresh; downloader curl; run BEFORE="kill -$signal \$PPID" -- x
        check "SIG$signal while fetching: exit code" not exits 0
        check "SIG$signal while fetching: nothing left" test -z "$(ls -A "$H/.cache/kriya")"
        check "SIG$signal while fetching: not built" silent
    done

    fresh; maven "$T/w/m" 3.9.1; on_path "$T/w/m/bin/mvn"; jdk "$T/w/jdk 17" 17
    echo "JAVA_HOME='$T/w/jdk 17'" >"$H/.mavenrc"; run -- x
    check 'a mavenrc with another Java is left out' uses_jdk "$J"
    check 'and its Maven is still used' uses_maven 3.9.1
    echo 'MAVEN_OPTS="$MAVEN_OPTS -Drc=1"; [ "$1" != -v ] || MAVEN_OPTS=' >"$H/.mavenrc"; run MAVEN_OPTS=-Dmine=1 -- x
    check 'another mavenrc is kept' out_has 'MAVEN_ARGS= MAVEN_OPTS=-Dmine=1 -Drc=1'
    run MAVEN_SKIP_RC=true -- x; check 'MAVEN_SKIP_RC of the user is kept' out_has skip=true
    fresh; maven "$C" "$PINNED"; jdk "$T/w/jdk 17" 17; echo "JAVA_HOME='$T/w/jdk 17'" >"$H/.mavenrc"; run -- x
    check 'the same with a fetched Maven' uses_jdk "$J"
    fresh; downloader curl; jdk "$T/w/jdk 17" 17; echo "JAVA_HOME='$T/w/jdk 17'" >"$H/.mavenrc"; run -- x
    check 'the same with a Maven just fetched' uses_jdk "$J"
    fresh; maven "$T/w/m" 3.9.1; on_path "$T/w/m/bin/mvn"; jdk "$T/w/jdk 17" 17; echo "$T/w/jdk 17" >"$T/w/m/own-java"
    maven "$C" "$PINNED"; run -- x; check 'a Maven set on another Java is passed over' uses_jdk "$J"
    fresh; maven "$T/w/m" 3.9.1; on_path "$T/w/m/bin/mvn"
    for var in MAVEN_ARGS MAVEN_OPTS MAVEN_DEBUG_OPTS MAVEN_BASEDIR; do
        run "$var=-q" -- x; check "$var does not spoil the check" uses_maven 3.9.1
    done
    # The fake stops by itself, or else a failure would start programs without end.
    fresh; downloader curl
    printf '#!/bin/sh\necho led >>"$LOG"; [ "$(grep -c led "$LOG")" -lt 9 ] || exit 1\nexec "%s" "$@"\n' "$P/mvnw" >"$T/bin/mvn"
    tool grep; chmod +x "$T/bin/mvn"; run -- x
    check 'an mvn that leads to this script' uses_maven "$PINNED"
    check 'does so but a few times' test "$(grep -c led "$T/log")" -lt 5
    if [ "$(grep -c led "$T/log")" -lt 5 ]; then
        fresh; ln -s "$P/mvnw" "$T/bin/mvn"; downloader curl; run -- x
        check 'mvn being a link to this script' uses_maven "$PINNED"
    fi
    fresh; maven "$T/w/m" unknown; on_path "$T/w/m/bin/mvn"; maven "$C" "$PINNED"; run -- x
    check 'a Maven that tells no version is passed over' uses_maven "$PINNED"
    fresh; maven "$P/tools dir" 3.8.7; path="tools dir/bin:$T/bin"; run COPY="$T/good.tgz" -- x; path=''
    check 'fetched through an older Maven in a relative folder' uses_maven "$PINNED"
    fresh; maven "$P/tools dir" 3.9.1; path="tools dir/bin:$T/bin"; run -- x; path=''
    check 'a relative folder on the PATH' uses_maven 3.9.1
}

call_tests() {
    fresh; maven "$T/w/m" 3.9.1; on_path "$T/w/m/bin/mvn"
    run -- clean verify; check 'in the project: arguments as they are' args_are clean verify
    run --; check 'in the project: none' not grep -q '^arg<' "$T/out"
    set -- 'a b' '' '*' '$HOME' "it's" '"q"' 'back\slash' '-Dx=a  b' '-n' '%s' '
'
    run -- "$@"; check 'in the project: odd arguments' args_are "$@"
    where=$E
    run -- "$@"; check 'elsewhere: odd arguments' args_are -f "$P/pom.xml" "$@"
    run --; check 'elsewhere: no argument' args_are -f "$P/pom.xml"
    command="../my project/mvnw"; run CDPATH="$T/w:$P" -- x; check 'by a relative path' args_are -f "$P/pom.xml" x
    where=$T/w; command='my project/mvnw'; mkdir -p "$T/w/cd/my project"
    run CDPATH="$T/w/cd" -- x; check 'by a relative path, with CDPATH' args_are -f "$P/pom.xml" x
    where=$P; command=./mvnw; run -- x; check 'as ./mvnw' args_are x
    where=$E; mkdir "$T/w/links"; ln -s '../my project/mvnw' "$T/w/links/one"; ln -s "$T/w/links/one" "$T/w/links/build it"
    command="$T/w/links/build it"; run -- x; check 'through links' args_are -f "$P/pom.xml" x
    command=one path="$T/w/links:$T/bin"; run -- x; path=''; check 'on the PATH, through a link' args_are -f "$P/pom.xml" x
    ln -s "$P" "$T/w/folder link"; where="$T/w/folder link"; command=''; run -- x; check 'in the project, through a link' args_are x
    run PWD="$where" -- x; check 'in the project, through a link the shell knows of' args_are x
    where=$P; command="$T/w/folder link/mvnw"; run -- x; check 'called through a link to its folder' args_are x; command=''
    mkdir "$P/module"; where=$P/module; run -- x; check 'in a folder of the project' args_are -f "$P/pom.xml" x
    where=$E
    for form in '-f|a b/pom.xml' '-fa b/pom.xml' '-f=a' '--file|a b' '--file=a b' '-file|a'; do
        first=${form%%|*} second=${form#*|}
        if [ "$first" = "$second" ]; then set -- x "$first" y; else set -- x "$first" "$second" y; fi
        run -- "$@"; check "told the project by $form" args_are "$@"
    done
    for form in -ff -fae -fn -fos -fail-fast -fail-at-end --fail-never --fail-fast -Df -pl file -F -Dfile=-f; do
        run -- "$form" y; check "$form names no project" args_are -f "$P/pom.xml" "$form" y
    done
    run MAVEN_ARGS='-T 1C -f other' -- x; check 'told the project by MAVEN_ARGS' args_are x

    where=$P
    run -- --java-home; check 'prints the JDK' out_has "$J"
    check 'prints the JDK: alone' test "$(wc -l <"$T/out")" -eq 1
    check 'prints the JDK: runs no Maven' not out_has end
    for none in '' C POSIX; do
        run LANG="$none" -- x; check "UTF-8 where LANG is '$none'" out_has lc=C.UTF-8
        run LANG=en_US.UTF-8 LC_ALL="$none" -- x
        check "LANG counts where LC_ALL is '$none'" out_has "lc=${none:+C.UTF-8}"
    done
    for own in de_DE.UTF-8 en_US.ISO-8859-1; do run LANG="$own" -- x; check "$own stays" out_has lc=; done
    mkdir "$T/w/kriya über"; cp "$P/mvnw" "$P/pom.xml" "$T/w/kriya über/"; command="$T/w/kriya über/mvnw"
    run -- x; check 'a folder beyond ASCII' args_are -f "$T/w/kriya über/pom.xml" x
    command=''
}

dev_tests() {
    fresh; maven "$T/w/m" 3.9.1; on_path "$T/w/m/bin/mvn"
    printf '<p>\n    <quarkus.version>3.1</quarkus.version>\n</p>\n' >"$P/pom.xml"
    told='the first run of dev mode fetches'
    run -- quarkus:dev; check 'dev mode goes without the tests' args_are -Dkriya.tests=false quarkus:dev
    check 'the first run is told of' err_has "$told"
    check 'the first run is told of on standard error alone' not grep -q "$told" "$T/out"
    run -- -o quarkus:dev; check 'offline before all is there' err_has 'run it once with a network, without -o'
    check 'offline nothing is fetched' not err_has "$told"
    run MAVEN_ARGS=--offline -- quarkus:dev; check 'offline by MAVEN_ARGS' err_has 'without --offline'
    run -- x; check 'other goals are not told of' not test -s "$T/err"
    for words in 'verify quarkus:dev' 'test-compile quarkus:dev' 'quarkus:dev -Dkriya.tests' 'quarkus:dev -Dkriya.tests=true'; do
        # shellcheck disable=SC2086
        set -- $words
        run -- "$@"; check "$words goes with the tests" args_are "$@"
    done
    where=$E; run -- quarkus:dev; check 'dev mode from elsewhere' args_are -f "$P/pom.xml" -Dkriya.tests=false quarkus:dev; where=$P
    mkdir -p "$H/.m2"; printf '<settings>\n<!-- Where\n  <localRepository>/nowhere</localRepository>\n-->\n</settings>\n' >"$H/.m2/settings.xml"
    jar=$H/.m2/repository/io/quarkus/quarkus-devui-deployment/3.1/quarkus-devui-deployment-3.1.jar
    mkdir -p "${jar%/*}"; : >"$jar"
    run -- quarkus:dev; check 'a comment in the settings names no repository' not test -s "$T/err"
    echo "<settings><localRepository>$T/w/my repository</localRepository></settings>" >"$H/.m2/settings.xml"
    for repository in "$T/w/my repository" "$T/w/other repository"; do
        option=''; [ "$repository" = "$T/w/my repository" ] || option=-Dmaven.repo.local=$repository
        run -- ${option:+"$option"} quarkus:dev; check "not yet in $repository" err_has "$told"
        jar=$repository/io/quarkus/quarkus-devui-deployment/3.1/quarkus-devui-deployment-3.1.jar
        mkdir -p "${jar%/*}"; : >"$jar"
        run -- ${option:+"$option"} quarkus:dev; check "nothing is said once it is in $repository" not test -s "$T/err"
        run -- -o ${option:+"$option"} quarkus:dev; check "nor offline, in $repository" not test -s "$T/err"
    done
}

signal_tests() {
    where=$P
    fresh; maven "$T/w/m" 3.9.1; on_path "$T/w/m/bin/mvn"
    run EXIT=7 -- x; check 'the exit code' exits 7
    (cd "$P" && printf 'from\noutside' | env -i PATH="$T/bin" HOME="$H" LOG="$T/log" PINNED="$PINNED" FAKE_ROOT="$R" \
        JAVA_HOME="$J" READ=1 "$P/mvnw" x >"$T/out" 2>"$T/err")
    check 'standard input reaches Maven whole' grep -q '^stdin=from$' "$T/out"
    fresh; downloader curl
    (cd "$P" && printf 'from\noutside' | env -i PATH="$T/bin" HOME="$H" LOG="$T/log" PINNED="$PINNED" FAKE_ROOT="$R" \
        SERVE="$T/good.tgz" BEFORE='cat >/dev/null' JAVA_HOME="$J" READ=1 "$P/mvnw" x >"$T/out" 2>"$T/err")
    check 'also after fetching' grep -q '^stdin=from$' "$T/out"
    fresh; maven "$T/w/m" 3.9.1; on_path "$T/w/m/bin/mvn"
    env -i PATH="$T/bin" HOME="$H" LOG="$T/log" FAKE_ROOT="$R" JAVA_HOME="$J" "$P/mvnw" x >"$T/out" 2>"$T/err" &
    pid=$!
    wait "$pid"
    check 'Maven takes the place of the script (signals)' out_has "pid=$pid asks="
}

# The version and checksum are the script's; only copies of it look for the fake ones.
PINNED=$(sed -n 's/^maven=\([0-9.]*\).*/\1/p' "$script")
maven "$T/make/apache-maven-$PINNED" "$PINNED"
(cd "$T/make" && tar -czf "$T/good.tgz" "apache-maven-$PINNED" && echo evil >"apache-maven-$PINNED/version" &&
    tar -czf "$T/evil.tgz" "apache-maven-$PINNED")
good_sum=$(openssl dgst -sha512 -r <"$T/good.tgz")

check 'a version and a SHA-512 are pinned' grep -qE '^sha512=[0-9a-f]{128}$' "$script"
check 'no package registry is named' not grep -qE '(^|[^.])repo[0-9]*\.|maven\.org|sonatype|mirror' "$script"
check 'starts with #!/bin/sh' test "$(head -n 1 "$script")" = '#!/bin/sh'
check 'can be run' test -x "$script"
if command -v shellcheck >/dev/null; then
    check 'shellcheck' shellcheck -s sh "$script"
else
    echo 'no shellcheck here: not checked' >&2
fi

for shell in ${SHELLS:-dash bash busybox}; do
    interpreter=$(command -v "$shell") || { echo "no $shell here: not tested" >&2; continue; }
    [ "$shell" != busybox ] || interpreter="$interpreter sh"
    sed -e "1s|.*|#!$interpreter|" -e "s/^sha512=.*/sha512=${good_sum%% *}/" \
        -e 's#\([ =|]\)/\(usr\|opt\|Library\)\([/)]\)#\1"$FAKE_ROOT"/\2\3#g' "$script" >"$T/mvnw"
    chmod +x "$T/mvnw"
    if grep -E '(^|[ =|])/(usr|opt|Library)[/)]' "$T/mvnw" >&2; then bad 'a real folder is left in the copy under test'; continue; fi
    command='' path=''
    java_tests; command='' path=''
    maven_tests; command='' path=''
    call_tests; command='' path=''
    dev_tests; command='' path=''
    signal_tests; command='' path=''
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]

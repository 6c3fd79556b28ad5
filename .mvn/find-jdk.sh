# Sourced by ./mvnw and ./yumen: leaves JAVA_HOME at a JDK of version 25 or later, or ends with the way out.
# The version is read from the JDK's own `release` file, because starting each candidate would take seconds.

jdk_is_recent() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${major:-0}" -ge 25 ]
}

find_jdk() {
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
  for home in "${YUMEN_JAVA_HOME:-}" "${JAVA_HOME:-}" "${on_path%/bin/javac}" \
    /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* /opt/*temurin* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* \
    "${HOME:-}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$home" ] && jdk_is_recent "$home"; then
      JAVA_HOME=$home
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

if ! find_jdk; then
  echo "yumen: no JDK 25 or later was found. Install one (https://adoptium.net, 'apt install openjdk-25-jdk'," >&2
  echo "       'brew install openjdk@25' or 'sdk install java 25-tem') or set JAVA_HOME to where it is." >&2
  exit 69
fi

#!/usr/bin/env bash
# set_up.sh ROOT PRESET: installs the packages that are missing, configures and builds the gradbook program.
# Called by the launcher; two at a time take turns.
set -u
root=$1 preset=$2 build=$1/build/$2
say() { printf 'gradbook: %s\n' "$*" >&2; }

mkdir -p "$build" 2>/dev/null || { say "cannot write to $build: give yourself the right, or copy the workbook to where you may write"; exit 2; }
exec 9>"$build/.set_up_lock"
flock 9

# Debian packages, from one list
install_packages() {
  mapfile -t wanted < <(sed '/# optional/d; s/#.*//; s/[[:space:]]//g; /^$/d' "$root/packages.txt")
  mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}" | sort) \
    <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^ii *//p' | sort))
  [ "${#missing[@]}" -eq 0 ] && return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "these Debian packages are missing, and there is no sudo to install them with: ${missing[*]}"
      return 1
    fi
    as_root=(sudo)
  fi
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    >"$build/packages.log" 2>&1 && return 0
  tail -n 5 "$build/packages.log" >&2
  say "the packages could not be installed; the whole story is in $build/packages.log"
  return 1
}

# Those that are optional: without one all but its part works. npm is asked for until the text is here, and is known by
# its command; others are asked for once a build tree
install_optional() {
  local name as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  for name in $(sed -n 's/[[:space:]]*# optional.*//p' "$root/packages.txt"); do
    command -v "$name" >/dev/null && continue
    if [ "$name" = npm ]; then
      [ -s "$root/build/data/sonnets.txt" ] || [ ! -e "$root/data" ] && continue
    else
      dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' && continue
      [ -e "$build/asked_for_$name" ] && continue
      touch "$build/asked_for_$name"
    fi
    say "installing $name, which is optional"
    { "${as_root[@]}" apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive timeout 300 "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$name"; } \
      >"$build/optional.log" 2>&1 || say "$name could not be installed; the story is in $build/optional.log"
  done
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  if ! command -v cmake >/dev/null || ! command -v ninja >/dev/null; then
    say "this is no Debian: install what these packages hold, then start again:"
    sed 's/#.*//; /^[[:space:]]*$/d' "$root/packages.txt" >&2
    exit 2
  fi
else
  install_packages || exit 2
  install_optional
fi
bash "$root/cmake/fetch_data.sh" "$root"

# What is optional switches its part off, where that part is here
absent=()
[ ! -e "$root"/modules/09_* ] || command -v nvcc >/dev/null || [ -x /usr/local/cuda/bin/nvcc ] ||
  absent+=("nvcc (kernels on a GPU)")
[ ! -e "$root"/modules/11_* ] || command -v mpirun >/dev/null || absent+=("mpirun (several processes)")
[ ! -e "$root/tests/tools" ] || command -v chromium >/dev/null || absent+=("chromium (tests of pages)")
if [ "${#absent[@]}" -gt 0 ] && [ ! -e "$build/ready" ]; then
  printf -v list '%s, ' "${absent[@]}"
  say "optional and not here, so what needs it is switched off: ${list%, }"
fi

touch "$build/ready.new"
launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
# Copies of a workbook share what was compiled: paths count from its root
export CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
[ -n "${CXX:-}" ] || command -v g++ >/dev/null || command -v clang++ >/dev/null ||
  { say "there is no C++ compiler: install g++, or set CXX"; exit 2; }
if ! cmake -S "$root" --preset "$preset" "${launcher[@]}" >"$build/configure.log" 2>&1; then
  cat "$build/configure.log" >&2
  say "CMake could not configure the workbook (above)"
  exit 2
fi
[ -x "$build/gradbook" ] || say "building the program: a minute or two, this first time"
if ! ninja -C "$build" gradbook >"$build/build.log" 2>&1; then
  grep -A 12 -m 1 FAILED "$build/build.log" >&2
  say "the program does not build; the whole story is in $build/build.log"
  exit 2
fi
mv "$build/ready.new" "$build/ready"

// A room of a sandbox: the words that lead into it, and what it gives back at its end.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <set>

#include "grading/sandbox/machine.hpp"
#include "grading/sandbox/room_user.hpp"

namespace gradbook {
namespace {

using Words = std::vector<std::string>;

// Of enter_room, bubblewrap and the supervisor, beside those of the student
constexpr int kOwnProcesses = 5;
constexpr std::size_t kLargestFile = std::size_t{256} << 20;  // that a compiler may write

// What a linked program needs to start
const std::vector<fs::path> kLibraries = {"/lib64",
                                          "/usr/lib64",
                                          "/lib/" GRADBOOK_MULTIARCH,
                                          "/usr/lib/" GRADBOOK_MULTIARCH,
                                          "/lib/ld-linux-aarch64.so.1",
                                          "/etc/ld.so.cache"};
const std::vector<fs::path> kCompiler = {"/usr",
                                         "/bin",
                                         "/sbin",
                                         "/lib",
                                         "/lib32",
                                         "/lib64",
                                         "/libx32",
                                         "/etc/alternatives",
                                         "/etc/ld.so.cache"};
const std::vector<fs::path> kDevices = {"/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"};

void append(Words& words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
}

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

// A user who is nobody's friend must be able to read what is offered
void require_readable(const fs::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0)
    throw UserError(fmt::format("the sandbox cannot offer {}: it is not there", path.string()));
  const mode_t needed = S_ISDIR(status.st_mode) ? S_IROTH | S_IXOTH : S_IROTH;
  if ((status.st_mode & needed) != needed) {
    throw UserError(
        fmt::format("{} can be read by its owner alone, but what runs in the sandbox is "
                    "another user: `chmod -R o+rX {}`",
                    path.string(), path.string()));
  }
}

void require_folders_open(const fs::path& path) {
  for (fs::path folder = path.parent_path(); folder != folder.root_path();
       folder = folder.parent_path()) {
    struct stat status {};
    if (stat(folder.c_str(), &status) == 0 && (status.st_mode & S_IXOTH) == 0) {
      throw UserError(
          fmt::format("nobody but its owner may enter {}, but what runs in the sandbox "
                      "is another user: `chmod o+x {}`",
                      folder.string(), folder.string()));
    }
  }
}

void give(const fs::path& folder, uid_t uid, gid_t gid) {
  std::error_code error;
  if (lchown(folder.c_str(), uid, gid) != 0)
    throw UserError(fmt::format("cannot give {} to user {}", folder.string(), uid));
  for (fs::recursive_directory_iterator i(folder, error), end; !error && i != end;
       i.increment(error))
    (void)!lchown(i->path().c_str(), uid, gid);
}

}  // namespace

struct Sandbox::Room::Inside {
  std::shared_ptr<const Machine> machine;
  RoomOptions options;
  std::optional<RoomUser> user;
  std::optional<RoomGroups> groups;

  Inside(std::shared_ptr<const Machine> on, const RoomOptions& with)
      : machine(std::move(on)), options(with) {
    for (const fs::path& path : options.readable) require_readable(path);
    for (const fs::path& path : options.writable) {
      if (!fs::is_directory(path))
        throw UserError(fmt::format("the sandbox cannot offer {}: it is no folder", path.string()));
    }
    if (machine->root) {
      user = RoomUser::claim();
      if (!user) throw UserError("all users of sandboxes are taken: run fewer at once (-j)");
      for (const fs::path& path : options.writable) give(path, user->uid(), user->uid());
    }
    if (machine->level == Level::process) {
      for (const fs::path& path : options.readable) require_folders_open(path);
      for (const fs::path& path : options.writable) require_folders_open(path / "in");
    }
    if (machine->cgroups) groups.emplace(*machine->cgroups);
  }

  ~Inside() {
    groups.reset();  // nothing runs any more when the folders are taken back
    if (!user) return;
    for (const fs::path& path : options.writable) {
      try {
        give(path, getuid(), getgid());
      } catch (const UserError&) {  // somebody removed it
      }
    }
  }

  // What happens before the namespaces
  Words outer(const Words& readable) const {
    Words words = {kEnterRoom, "--of", std::to_string(getpid())};
    if (groups) append(words, groups->words(options.memory_mib, options.processes + kOwnProcesses));
    if (machine->own_root) words.push_back("--own-root");
    if (machine->level != Level::process) words.push_back("--together");
    if (machine->level == Level::process && machine->landlock) {
      for (const std::string& path : readable) append(words, {"--read", path});
      append(words, {"--read", "/proc"});
      for (const fs::path& path : kDevices) append(words, {"--write", path.string()});
      for (const fs::path& path : options.writable) append(words, {"--write", path.string()});
    }
    return words;
  }

  // The namespaces, with nothing in view but `readable` and the writable folders
  Words namespaces(const Words& readable) const {
    Words words = {machine->bubblewrap, "--unshare-ipc",        "--unshare-pid", "--unshare-net",
                   "--unshare-uts",     "--unshare-cgroup-try", "--hostname",    "room",
                   "--die-with-parent", "--new-session"};
    if (machine->root) {
      append(words, {"--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID",
                     "--cap-add", "CAP_KILL"});
    } else {
      words.push_back("--unshare-user");
    }
    if (options.compiler) {
      append(words, {"--perms", "1777", "--size", std::to_string(kLargestFile), "--tmpfs", "/tmp"});
    }
    // bubblewrap would make the folders above them for root alone
    std::set<std::string> above;
    const auto note = [&](const fs::path& path) {
      for (fs::path p = path.parent_path(); p != p.root_path(); p = p.parent_path())
        above.insert(p);
    };
    for (const std::string& path : readable) note(path);
    for (const auto* paths : {&options.writable, &kDevices}) {
      for (const fs::path& path : *paths) note(path);
    }
    for (const std::string& folder : above) append(words, {"--dir", folder});
    for (const std::string& path : readable) append(words, {"--ro-bind", path, path});
    for (const fs::path& path : kDevices)
      append(words, {"--dev-bind-try", path.string(), path.string()});
    // Root may write these without any capability, and they are the whole machine's
    append(words, {"--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--ro-bind-try",
                   "/proc/sysrq-trigger", "/proc/sysrq-trigger"});
    for (const fs::path& path : options.writable)
      append(words, {"--bind", path.string(), path.string()});
    append(words, {"--remount-ro", "/", "--chdir", "/", "--"});
    return words;
  }

  Words readable(const fs::path& program) const {
    Words words = {program.string()};
    for (const auto* paths : {options.compiler ? &kCompiler : &kLibraries, &options.readable}) {
      for (const fs::path& path : *paths) {
        if (is_there(path)) words.push_back(path.string());
      }
    }
    return words;
  }
};

Sandbox::Room::Room(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Sandbox::Room::Room(Room&&) noexcept = default;
Sandbox::Room& Sandbox::Room::operator=(Room&&) noexcept = default;
Sandbox::Room::~Room() = default;

std::vector<std::string> Sandbox::Room::prefix() const {
  const bool apart = inside_->machine->level != Level::process;
  const Words readable = inside_->readable(kEnterRoom);
  Words words = inside_->outer(readable);
  if (apart) {
    words.push_back("--");
    append(words, inside_->namespaces(readable));
    words.push_back(kEnterRoom);
  } else if (!inside_->options.writable.empty()) {
    append(words, {"--tmp", inside_->options.writable.front().string()});
  }
  append(words, {"--limit", "fsize", std::to_string(kLargestFile)});
  if (!inside_->groups) {
    append(words,
           {"--limit", "as", std::to_string(std::size_t(inside_->options.memory_mib) << 20)});
  }
  if (inside_->user) append(words, {"--uid", std::to_string(inside_->user->uid())});
  words.push_back("--");
  return words;
}

std::vector<std::string> Sandbox::Room::supervisor(const fs::path& supervisor) const {
  const Words readable = inside_->readable(supervisor);
  Words words = inside_->outer(readable);
  words.push_back("--");
  if (inside_->machine->level != Level::process) append(words, inside_->namespaces(readable));
  append(words, {supervisor.string(), "--confined"});
  if (inside_->user) append(words, {"--uid", std::to_string(inside_->user->uid())});
  if (inside_->groups) {
    words.push_back("--counted");
  } else if (inside_->user || inside_->machine->level == Level::namespaces) {
    append(words, {"--processes", std::to_string(inside_->options.processes)});
  }
  return words;
}

bool Sandbox::Room::ran_out_of_memory() const {
  return inside_->groups && inside_->groups->ran_out_of_memory();
}

bool Sandbox::Room::ran_out_of_processes() const {
  return inside_->groups && inside_->groups->ran_out_of_processes();
}

Sandbox::Room Sandbox::room(const RoomOptions& options) const {
  return Room(std::make_unique<Room::Inside>(machine_, options));
}

}  // namespace gradbook

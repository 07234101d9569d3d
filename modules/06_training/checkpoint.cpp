#include "06_training/checkpoint.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

namespace gradbook {
namespace {

namespace fs = std::filesystem;

// The reason comes first, for a message has an end and a path may be long
[[noreturn]] void refuse(const fs::path& path, const char* what, int reason) {
  throw CheckpointError("the checkpoint cannot be ", what, ", ", std::strerror(reason), ": ", path);
}

// A file or folder that is open, and closed at the end
class OpenFile {
 public:
  OpenFile(const fs::path& path, int flags) : number_(::open(path.c_str(), flags, 0666)) {}
  ~OpenFile() {
    if (number_ >= 0) ::close(number_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  bool is_open() const { return number_ >= 0; }

  // All bytes, and then out of the machine's memory and onto the disk
  bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ::ssize_t n = ::write(number_, bytes.data(), bytes.size());
      if (n < 0 && errno != EINTR) return false;
      if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return reach_the_disk();
  }
  bool reach_the_disk() const { return ::fsync(number_) == 0; }

 private:
  int number_;
};

// A file of its own, until it takes another's place
class NewFile {
 public:
  explicit NewFile(fs::path path) : path_(std::move(path)) {}
  ~NewFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  const fs::path& path() const { return path_; }
  void is_in_place() { path_.clear(); }

 private:
  fs::path path_;
};

}  // namespace

std::vector<NamedMatrix> everything_in(Module& model, ModuleOptimizer& optimizer) {
  std::vector<NamedMatrix> all;
  for (const auto& [name, parameter] : model.named_parameters())
    all.push_back({name, &parameter->value()});
  for (const auto& [name, matrix] : optimizer.state()) all.push_back({"optimizer." + name, matrix});
  return all;
}

void save_checkpoint(const fs::path& path, const std::vector<NamedMatrix>& matrices) {
  const std::string bytes = to_bytes(matrices);

  // Beside it, since only within one file system a name passes from file to file in one go; named
  // after the process, so that two programs do not write into one file
  NewFile made(path.string() + ".new." + std::to_string(::getpid()));
  {
    const OpenFile file(made.path(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
    if (!file.is_open()) refuse(path, "written", errno);
    if (!file.write(bytes)) refuse(path, "written", errno);
  }
  if (std::rename(made.path().c_str(), path.c_str()) != 0) refuse(path, "replaced", errno);
  made.is_in_place();

  // The new name is an entry of the folder, which has to reach the disk too. A file system that
  // cannot promise this for folders says EINVAL
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const OpenFile entry(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (entry.is_open() && !entry.reach_the_disk() && errno != EINVAL) refuse(path, "kept", errno);
}

void load_checkpoint(const fs::path& path, const std::vector<NamedMatrix>& matrices) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  // A folder can be opened, and only cannot be read
  if (!file.is_open() || file.bad() || fs::is_directory(path))
    refuse(path, "read", errno != 0 ? errno : EISDIR);
  try {
    from_bytes(bytes, matrices);
  } catch (const CheckpointError& error) {
    throw CheckpointError(error.what(), " (in ", path, ")");
  }
}

}  // namespace gradbook

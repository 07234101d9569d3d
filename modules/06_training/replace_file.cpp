#include "06_training/replace_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "06_training/bytes.hpp"

namespace gradbook {
namespace {

// The reason comes first, for a message has an end and a path may be long
[[noreturn]] void refuse(const std::string& path, const char* what, int reason) {
  throw CheckpointError("the checkpoint cannot be ", what, ", ", std::strerror(reason), ": ", path);
}

// A file or folder that is open, and closed at the end
class OpenFile {
 public:
  OpenFile(const std::string& path, int flags) : number_(::open(path.c_str(), flags, 0666)) {}
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
  explicit NewFile(std::string path) : path_(std::move(path)) {}
  ~NewFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  const std::string& path() const { return path_; }
  void is_in_place() { path_.clear(); }

 private:
  std::string path_;
};

}  // namespace

void replace_file(const std::string& path, std::string_view bytes) {
  // Beside it, since only within one file system a name passes from file to file in one go; named
  // after the process, so that two programs do not write into one file
  NewFile made(path + ".new." + std::to_string(::getpid()));
  {
    const OpenFile file(made.path(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
    if (!file.is_open()) refuse(path, "written", errno);
    if (!file.write(bytes)) refuse(path, "written", errno);
  }
  if (std::rename(made.path().c_str(), path.c_str()) != 0) refuse(path, "replaced", errno);
  made.is_in_place();

  // The new name is an entry of the folder, which has to reach the disk too. A file system that
  // cannot promise this for folders says EINVAL
  const std::size_t slash = path.find_last_of('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const OpenFile entry(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (entry.is_open() && !entry.reach_the_disk() && errno != EINVAL) refuse(path, "kept", errno);
}

}  // namespace gradbook

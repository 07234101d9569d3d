#include "system/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace gradbook {

Lock::Lock(const fs::path& folder) {
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  file_ = open((folder / ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
  if (file_ < 0)
    throw UserError("cannot write to " + folder.string() +
                    ": give yourself the right, or make room");
  flock(file_, LOCK_EX);
}

Lock::~Lock() { close(file_); }

}  // namespace gradbook

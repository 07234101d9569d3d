#include "system/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>

namespace gradbook {
namespace {

// What went wrong, and what to do about it
UserError failure(const fs::path& path, std::string_view what, int error) {
  const char* advice =
      error == ENOENT   ? "is it spelt right, was it renamed?"
      : error == EACCES ? "give yourself the right with chmod"
      : error == EROFS  ? "the disk is mounted read-only"
      : error == ENOSPC ? "the disk is full: make room and try again; nothing was lost"
      : error == EDQUOT ? "your quota is used up: make room and try again; nothing was lost"
      : error == EISDIR ? "a directory stands where a file should be"
                        : "see what the system says";
  return UserError(fmt::format("{} {}: {} ({})", what, path.string(), strerror(error), advice));
}

}  // namespace

std::string read_file(const fs::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) throw failure(path, "cannot read", errno);
  struct stat status {};
  fstat(file, &status);
  std::string text;
  int error = S_ISDIR(status.st_mode) ? EISDIR : 0;
  char buffer[65536];
  for (ssize_t n = 1; error == 0 && n != 0;) {
    n = read(file, buffer, sizeof buffer);
    if (n < 0 && errno != EINTR) error = errno;
    if (n > 0) text.append(buffer, static_cast<std::size_t>(n));
  }
  close(file);
  if (error != 0) throw failure(path, "cannot read", error);
  return text;
}

fs::path unique_beside(const fs::path& path) {
  static std::atomic<unsigned> number = 0;
  return fmt::format("{}.{}.{}.new", path.string(), getpid(), number++);
}

void write_atomically(const fs::path& path, std::string_view text) {
  std::error_code ignored;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), ignored);
  const fs::path beside = unique_beside(path);
  const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) throw failure(path, "cannot write", errno);

  int error = 0;
  while (!text.empty() && error == 0) {
    const ssize_t n = write(file, text.data(), text.size());
    if (n < 0 && errno != EINTR) error = errno;
    if (n > 0) text.remove_prefix(static_cast<std::size_t>(n));
  }
  if (close(file) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(beside.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return;
  unlink(beside.c_str());
  throw failure(path, "cannot write", error);
}

std::string digest(std::string_view bytes) {
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  EVP_Digest(bytes.data(), bytes.size(), hash, &length, EVP_sha256(), nullptr);
  std::string text;
  for (unsigned i = 0; i < length; ++i) text += fmt::format("{:02x}", hash[i]);
  return text;
}

}  // namespace gradbook

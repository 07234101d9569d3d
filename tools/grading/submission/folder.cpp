// Visits a folder without following a link or opening anything but plain files.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "grading/submission/found.hpp"

namespace gradbook {
namespace {

// Never waits: a fifo that took the place of a file is opened without blocking, and then refused
std::optional<std::string> read_plain_file(const fs::path& path, std::size_t most) {
  const int file = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  struct stat status {};
  fstat(file, &status);
  std::optional<std::string> text;
  if (S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) <= most) {
    text.emplace();
    char buffer[65536];
    for (ssize_t n = 1; n > 0 && text->size() <= most;) {
      n = read(file, buffer, sizeof buffer);
      if (n < 0 && errno == EINTR)
        n = 1;
      else if (n > 0)
        text->append(buffer, static_cast<std::size_t>(n));
    }
    if (text->size() > most) text.reset();  // it grew meanwhile
  }
  close(file);
  return text;
}

}  // namespace

Found found_file(const fs::path& path, std::string name) {
  struct stat status {};
  lstat(path.c_str(), &status);  // where it is gone meanwhile, it is no file
  Found found;
  found.path = std::move(name);
  found.kind = S_ISREG(status.st_mode)   ? Found::Kind::file
               : S_ISDIR(status.st_mode) ? Found::Kind::folder
               : S_ISLNK(status.st_mode) ? Found::Kind::link
                                         : Found::Kind::device;
  found.size = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
  found.modified = status.st_mtime;
  found.read = [path](std::size_t most) { return read_plain_file(path, most); };
  return found;
}

void visit_folder(const fs::path& folder, const Visitor& visitor) {
  std::vector<std::string> open_folders = {""};  // below `folder`, each with a slash at its end
  while (!open_folders.empty()) {
    const std::string below = std::move(open_folders.back());
    open_folders.pop_back();
    std::error_code error;
    fs::directory_iterator entry(folder / below, error);
    if (error && below.empty()) throw ReadFault(fmt::format("cannot be read: {}", error.message()));
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      const Found found = found_file(entry->path(), below + entry->path().filename().string());
      const Visit next = visitor(found);
      if (next == Visit::stop) return;
      if (next == Visit::go_on && found.kind == Found::Kind::folder)
        open_folders.push_back(found.path + '/');
    }
  }
}

}  // namespace gradbook

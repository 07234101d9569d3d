#include "grading/build/made_from.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

namespace gradbook {

std::string stamp(const fs::path& path) {
  struct stat s {};
  if (stat(path.c_str(), &s) != 0) return path.string() + " missing";
  return fmt::format("{} {} {}.{}", path.string(), s.st_size, s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
}

std::string stamps(const std::vector<fs::path>& paths) {
  std::string text;
  for (const fs::path& path : paths) text += stamp(path) + "\n";
  return text;
}

bool made_from(const fs::path& output, const std::string& key) {
  std::error_code error;
  const fs::path note = output.string() + ".key";
  return fs::exists(output, error) && fs::exists(note, error) && read_file(note) == key;
}

void forget_made_from(const fs::path& output) {
  std::error_code ignored;
  fs::remove(output.string() + ".key", ignored);
}

void note_made_from(const fs::path& output, const std::string& key) {
  write_atomically(output.string() + ".key", key);
}

}  // namespace gradbook

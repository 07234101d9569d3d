#include "grading/build/steps.hpp"

#include <fmt/format.h>

namespace gradbook {

std::vector<std::string> after(std::vector<std::string> prefix,
                               const std::vector<std::string>& arguments) {
  prefix.insert(prefix.end(), arguments.begin(), arguments.end());
  return prefix;
}

void refuse_full_disk(const Completion& completion, const fs::path& build) {
  if (completion.output.find("No space left on device") == std::string::npos) return;
  std::error_code error;
  if (const auto room = fs::space(build, error); !error && room.available > (64u << 20)) return;
  throw UserError(fmt::format(
      "there is no room left to build in ({}): make room and try again; nothing was lost",
      build.string()));
}

fs::path object_of(const fs::path& build, const std::string& target, const fs::path& source) {
  return build / "CMakeFiles" / (target + ".dir") / (source.string() + ".o");
}

}  // namespace gradbook

#include "grading/unit/together.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace gradbook {

std::string together(Desk& desk, const Exercise& e, const fs::path& object, const OwnFiles& own) {
  const auto passes = [&](const OwnFiles& others) {
    return desk.grade_linked(e, object, {others.begin(), others.end()}).state == State::done;
  };
  if (passes(own)) return "";
  for (const auto& one : own) {
    OwnFiles without = own;
    std::erase(without, one);
    if (passes(without))
      return fmt::format("passes alone, but not with the student's own {}", one.first);
  }
  std::vector<std::string> ids;
  for (const auto& [id, file] : own) ids.push_back(id);
  return fmt::format("passes alone, but not with the student's own {}; no single one explains it",
                     fmt::join(ids, ", "));
}

}  // namespace gradbook

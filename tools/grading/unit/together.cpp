#include "grading/unit/together.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gradbook {

std::string together(Desk& desk, const Book& book, const Exercise& e, const fs::path& object,
                     const OwnFiles& own) {
  const auto passes = [&](const OwnFiles& others) {
    return desk.grade_linked(e, object, others).state == State::done;
  };
  if (passes(own)) return "";
  for (const std::string& id : book.foundations(e)) {
    if (!own.count(id)) continue;
    OwnFiles without = own;
    without.erase(id);
    if (passes(without)) return fmt::format("passes alone, but not with the student's own {}", id);
  }
  std::vector<std::string> ids;
  for (const auto& [id, file] : own) ids.push_back(id);
  return fmt::format("passes alone, but not with the student's own {}; no single one explains it",
                     fmt::join(ids, ", "));
}

}  // namespace gradbook

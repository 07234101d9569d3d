#include "grading/unit/together.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace gradbook {
namespace {

std::vector<OwnFile> without(std::vector<OwnFile> files, const std::string& id) {
  std::erase_if(files, [&](const OwnFile& file) { return file.id == id; });
  return files;
}

}  // namespace

std::string together(Desk& desk, const Exercise& e, const fs::path& object,
                     const std::vector<OwnFile>& own) {
  const auto passes = [&](const std::vector<OwnFile>& files) {
    Substitutes others;
    for (const OwnFile& file : files) others.emplace(file.id, file.object);
    return desk.passes_with(e, object, others);
  };
  if (passes(own)) return "";

  // Is it one of those that fail by themselves? Else the others are looked at, without these
  std::vector<OwnFile> suspects, others;
  std::ranges::partition_copy(own, std::back_inserter(others), std::back_inserter(suspects),
                              &OwnFile::passes);
  const bool explained = !suspects.empty() && passes(others);
  const std::vector<OwnFile>& looked_at = explained ? own : others;
  if (!explained) suspects = others;
  if (explained && suspects.size() == 1)
    return fmt::format("passes alone, but not with the student's own {}", suspects.front().id);
  for (const OwnFile& file : suspects) {
    if (passes(without(looked_at, file.id)))
      return fmt::format("passes alone, but not with the student's own {}", file.id);
  }
  std::vector<std::string> ids;
  for (const OwnFile& file : suspects) ids.push_back(file.id);
  return fmt::format("passes alone, but not with the student's own {}; no single one explains it",
                     fmt::join(ids, ", "));
}

}  // namespace gradbook

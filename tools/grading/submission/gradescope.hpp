/// @file
/// What Gradescope's bulk download says of its submissions, in submission_metadata.yml.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grading/submission/roster_index.hpp"

namespace gradbook {

inline constexpr std::string_view kGradescopeMetadata = "submission_metadata.yml";

struct GradescopeSubmission {
  std::vector<Identity> submitters;  // several where a group handed in together
  std::optional<std::chrono::sys_seconds> created_at;
};

/// Folder name ("submission_123") → submission. Only names and times are read: the scores and the
/// output of autograders, which can be most of the file, are not. @throws ReadFault for what is no
/// such YAML
std::map<std::string, GradescopeSubmission> read_gradescope(std::string_view yaml);

}  // namespace gradbook

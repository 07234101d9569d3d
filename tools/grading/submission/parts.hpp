/// @file
/// The parts of a class folder: what stands at its top, one a submission.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grading/submission/intake.hpp"

namespace gradbook {

struct Part {
  std::string name;                          // of the folder or archive, without its ending
  std::string user_name = {}, user_id = {};  // of Canvas's files; else ""
  bool marked_late = false;                  // by Canvas
  fs::path origin;
  Intake intake;
  std::int64_t modified = 0;  // of the archive, or of the newest exercise in the folder
};

struct Parts {
  std::map<std::string, Part> parts;
  std::optional<std::string> gradescope;  // submission_metadata.yml
  std::vector<std::string> notices;
};

/// Reads a class folder, which may itself be one archive. A folder that wraps all others is opened,
/// and a folder that holds the book's own folders is one submission. @throws UserError where it
/// cannot be read
Parts read_parts(const fs::path& folder, const ExercisePaths& paths);

}  // namespace gradbook
